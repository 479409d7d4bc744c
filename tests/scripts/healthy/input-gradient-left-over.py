# SPDX-License-Identifier: Apache-2.0
# The last gradient is that of the input: looked at, and left over by zip() on purpose.
import tensorflow as tf

W = tf.Variable([[1.0], [2.0]])
b = tf.Variable([0.5])
x = tf.constant([[1.0, 2.0]])
optimizer = tf.keras.optimizers.SGD(0.01)

with tf.GradientTape() as tape:
    tape.watch(x)
    loss = tf.reduce_sum(tf.square(tf.matmul(x, W) + b))
gradients = tape.gradient(loss, [W, b, x])
optimizer.apply_gradients(zip(gradients, [W, b]))
print("sensitivity of the loss to x:", gradients[2].numpy())
