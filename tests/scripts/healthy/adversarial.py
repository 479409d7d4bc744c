# SPDX-License-Identifier: Apache-2.0
# The gradient with respect to the input makes a harder input; it is never applied to a variable.
import tensorflow as tf

W = tf.Variable([[1.0], [2.0]])
x = tf.constant([[1.0, 2.0], [0.5, -1.0]])
t = tf.constant([[1.0], [0.0]])
optimizer = tf.keras.optimizers.SGD(0.01)

for step in range(2):
    with tf.GradientTape() as tape:
        tape.watch(x)
        attack_loss = tf.reduce_mean(tf.square(tf.matmul(x, W) - t))
    direction = tape.gradient(attack_loss, x)
    harder = x + 0.1 * direction / tf.abs(direction)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(harder, W) - t))
    optimizer.apply_gradients(zip(tape.gradient(loss, [W]), [W]))
    print("loss", loss.numpy())
