# SPDX-License-Identifier: Apache-2.0
# Only the head is trained; the body is used, and nobody asks for it.
import tensorflow as tf

body = tf.Variable([[1.0, 0.5], [-0.5, 1.0]])
head = tf.Variable([[0.1], [0.2]])
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(0.01)

for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(tf.nn.tanh(tf.matmul(x, body)), head)))
    optimizer.apply_gradients(zip(tape.gradient(loss, [head]), [head]))
print(head.numpy())
