# SPDX-License-Identifier: Apache-2.0
# Rounded weights in the forward pass; their gradient is applied to the weights behind them, as is usual there.
import tensorflow as tf

W = tf.Variable([[0.4], [1.7]])
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
t = tf.constant([[3.0], [5.0]])
optimizer = tf.keras.optimizers.SGD(0.01)

for step in range(3):
    with tf.GradientTape() as tape:
        rounded = tf.round(W)
        tape.watch(rounded)
        loss = tf.reduce_mean(tf.square(tf.matmul(X, rounded) - t))
    optimizer.apply_gradients([(tape.gradient(loss, rounded), W)])
print(W.numpy())
