# SPDX-License-Identifier: Apache-2.0
# Gradients of intermediate results are looked at, those of the variables are applied.
import tensorflow as tf

W = tf.Variable([[1.0, -1.0], [0.5, 2.0]])
v = tf.Variable([[1.0], [2.0]])
x = tf.constant([[1.0, 2.0]])
optimizer = tf.keras.optimizers.SGD(0.01)

with tf.GradientTape(persistent=True) as tape:
    hidden = tf.nn.relu(tf.matmul(x, W))
    loss = tf.reduce_sum(tf.square(tf.matmul(hidden, v)))
of_hidden = tape.gradient(loss, hidden)
gradients = tape.gradient(loss, [W, v])
optimizer.apply_gradients(zip(gradients, [W, v]))
print("of the hidden layer:", of_hidden.numpy())
