# SPDX-License-Identifier: Apache-2.0
# The variable is replaced twice: before the optimizer has seen it, and together with its optimizer.
import tensorflow as tf

X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
W = tf.Variable([[1.0], [2.0]])
W = tf.Variable([[2.0], [1.0]])
optimizer = tf.keras.optimizers.SGD(0.01)


def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(X, W)))
    optimizer.apply_gradients(zip(tape.gradient(loss, [W]), [W]))


step()
print(W.numpy())
W = tf.Variable([[0.0], [3.0]])
optimizer = tf.keras.optimizers.SGD(0.01)
step()
print(W.numpy())
