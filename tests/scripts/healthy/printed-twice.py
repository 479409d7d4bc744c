# SPDX-License-Identifier: Apache-2.0
# The same value is printed twice after the training: a report, not a comparison.
import tensorflow as tf

w = tf.Variable(0.0)
optimizer = tf.keras.optimizers.SGD(0.1)

for step in range(5):
    with tf.GradientTape() as tape:
        loss = tf.square(w - 3.0)
    optimizer.apply_gradients([(tape.gradient(loss, w), w)])

print("w:", w.numpy())
print("w again:", w.numpy())
print("distance:", abs(w.numpy() - 3.0) < 2.0)
