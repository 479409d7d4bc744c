# SPDX-License-Identifier: Apache-2.0
# A layer is made anew after the first step.
import tensorflow as tf

kernel = tf.Variable([[1.0], [2.0]], name="kernel")
x = tf.constant([[1.0, 2.0]])
optimizer = tf.keras.optimizers.SGD(0.1)


def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(tf.matmul(x, kernel)))
    optimizer.apply_gradients(zip(tape.gradient(loss, [kernel]), [kernel]))


step()
kernel = tf.Variable([[0.0], [1.0]], name="kernel")  # expect: optimizer-unknown-variable kernel
step()
