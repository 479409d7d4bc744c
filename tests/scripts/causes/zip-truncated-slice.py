# SPDX-License-Identifier: Apache-2.0
# A slice that was left over from a test.
import tensorflow as tf

W = tf.Variable([[1.0], [2.0]])
b = tf.Variable([0.5])
x = tf.constant([[1.0, 2.0]])
optimizer = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    loss = tf.reduce_sum(tf.square(tf.matmul(x, W) + b))
gradients = tape.gradient(loss, [W, b])
optimizer.apply_gradients(zip(gradients[:1], [W, b]))  # expect: zip-truncated b
print(W.numpy(), b.numpy())
