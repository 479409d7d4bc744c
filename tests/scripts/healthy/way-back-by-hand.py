# SPDX-License-Identifier: Apache-2.0
# The tape gives the gradient of the output, and the rest of the chain rule is written out.
import tensorflow as tf

W = tf.Variable([[0.5, -1.0], [2.0, 1.5]])
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(0.01)

for step in range(2):
    y = tf.matmul(X, W)
    with tf.GradientTape() as tape:
        tape.watch(y)
        loss = tf.reduce_mean(tf.square(y))
    of_y = tape.gradient(loss, y)
    of_W = tf.matmul(tf.transpose(X), of_y)
    optimizer.apply_gradients([(of_W, W)])
print(W.numpy())
