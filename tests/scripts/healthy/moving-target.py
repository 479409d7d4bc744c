# SPDX-License-Identifier: Apache-2.0
# The target is a copy that left TensorFlow on purpose; the variable keeps its own way to the loss.
import tensorflow as tf

w = tf.Variable([[0.5], [1.0]])
now = tf.constant([[1.0, 0.0], [0.0, 1.0]])
later = tf.constant([[0.0, 1.0], [1.0, 0.0]])
optimizer = tf.keras.optimizers.SGD(0.1)

for step in range(3):
    target = 1.0 + 0.9 * tf.matmul(later, tf.constant(w.numpy()))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(now, w) - target))
    optimizer.apply_gradients(zip(tape.gradient(loss, [w]), [w]))
print(w.numpy())
