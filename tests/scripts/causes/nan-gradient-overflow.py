# SPDX-License-Identifier: Apache-2.0
# A rate that is too large: the numbers grow until they no longer fit.
import tensorflow as tf

w = tf.Variable(3.0, name="w")
optimizer = tf.keras.optimizers.SGD(1e4)

for step in range(12):
    with tf.GradientTape() as tape:
        loss = tf.square(w) * 5.0
    gradients = tape.gradient(loss, [w])
    optimizer.apply_gradients(zip(gradients, [w]))  # expect: nan-gradient w
print(w.numpy())
