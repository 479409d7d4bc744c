# SPDX-License-Identifier: Apache-2.0
# Clipped by a list comprehension, by value and by norm, over the name of the gradients themselves.
import tensorflow as tf

W = tf.Variable([[1.0], [2.0]])
b = tf.Variable([0.5])
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(0.1)

for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(x, W) + b))
    gradients = tape.gradient(loss, [W, b])
    gradients = [tf.clip_by_value(g, -1.0, 1.0) for g in gradients]
    optimizer.apply_gradients(zip(gradients, [W, b]))

with tf.GradientTape() as tape:
    loss = tf.reduce_mean(tf.square(tf.matmul(x, W) + b))
gradients = tape.gradient(loss, [W, b])
optimizer.apply_gradients([(tf.clip_by_norm(g, 0.5), v) for g, v in zip(gradients, [W, b])])
print(W.numpy(), b.numpy())
