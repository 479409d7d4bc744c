# SPDX-License-Identifier: Apache-2.0
# The gradient is taken a little uphill and applied where the variable stands.
import tensorflow as tf

w = tf.Variable([1.0, -2.0])
optimizer = tf.keras.optimizers.SGD(0.1)

for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(w))
    uphill = tape.gradient(loss, w)
    with tf.GradientTape() as tape:
        shifted = w + 0.05 * uphill / tf.linalg.global_norm([uphill])
        tape.watch(shifted)
        loss = tf.reduce_sum(tf.square(shifted))
    optimizer.apply_gradients([(tape.gradient(loss, shifted), w)])
    print("loss", loss.numpy())
print(w.numpy())
