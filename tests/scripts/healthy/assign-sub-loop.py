# SPDX-License-Identifier: Apache-2.0
# Gradient descent by hand.
import tensorflow as tf

W = tf.Variable([[1.0], [2.0]], name="W")
b = tf.Variable([0.5], name="b")
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
variables = [W, b]

for step in range(3):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(x, W) + b))
    gradients = tape.gradient(loss, variables)
    for variable, gradient in zip(variables, gradients):
        variable.assign_sub(0.01 * gradient)
    print("loss", loss.numpy())
print(W.numpy(), b.numpy())
