# SPDX-License-Identifier: Apache-2.0
# zip() cuts a longer list on purpose, and the rest goes to another optimizer.
import tensorflow as tf

W = tf.Variable([[1.0], [2.0]])
b = tf.Variable([0.5])
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
slow = tf.keras.optimizers.SGD(0.001)
fast = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    loss = tf.reduce_mean(tf.square(tf.matmul(X, W) + b))
gradients = tape.gradient(loss, [W, b])
slow.apply_gradients(zip(gradients, [W]))
fast.apply_gradients(zip(gradients[1:], [b]))
print(W.numpy(), b.numpy())
