# SPDX-License-Identifier: Apache-2.0
# The clipped gradients are only compared with the real ones, which are applied.
import tensorflow as tf

W = tf.Variable([[1.0], [2.0]])
b = tf.Variable([0.5])
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(0.001)

for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(x, W) + b))
    gradients = tape.gradient(loss, [W, b])
    clipped, norm = tf.clip_by_global_norm(gradients, 1.0)
    optimizer.apply_gradients(zip(gradients, [W, b]))
    share = tf.linalg.global_norm(clipped) / norm
    print("would have kept", share.numpy())
