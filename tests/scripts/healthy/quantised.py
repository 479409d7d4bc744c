# SPDX-License-Identifier: Apache-2.0
# Weights in steps of a quarter; their gradient moves the weights that they were rounded from.
import tensorflow as tf

w = tf.Variable([[0.4], [1.7]])
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(0.01)

for step in range(3):
    with tf.GradientTape() as tape:
        coarse = tf.round(w / 0.25) * 0.25
        tape.watch(coarse)
        loss = tf.reduce_mean(tf.square(tf.matmul(x, coarse) - 3.0))
    optimizer.apply_gradients([(tape.gradient(loss, coarse), w)])
print(w.numpy())
