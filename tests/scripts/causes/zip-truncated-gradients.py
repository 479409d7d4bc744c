# SPDX-License-Identifier: Apache-2.0
# Two gradients, one variable: the gradient of b is computed and dropped.
import tensorflow as tf

W = tf.Variable([[1.0], [2.0]])
b = tf.Variable([0.5])
x = tf.constant([[1.0, 2.0]])
optimizer = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    loss = tf.reduce_sum(tf.square(tf.matmul(x, W) + b))
gradients = tape.gradient(loss, [W, b])
pairs = zip(gradients, [W])  # expect: zip-truncated b
optimizer.apply_gradients(pairs)
print(W.numpy(), b.numpy())
