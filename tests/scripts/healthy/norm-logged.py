# SPDX-License-Identifier: Apache-2.0
# The norm is only looked at: once with global_norm, once with the second result of clip_by_global_norm.
import tensorflow as tf

W = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
b = tf.Variable([0.0, 0.0])
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(0.01)

for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(X, W) + b))
    gradients = tape.gradient(loss, [W, b])
    norm = tf.linalg.global_norm(gradients)
    _, same = tf.clip_by_global_norm(gradients, 5.0)
    optimizer.apply_gradients(zip(gradients, [W, b]))
    print("norms", norm.numpy(), same.numpy())

with tf.GradientTape() as tape:
    loss = tf.reduce_mean(tf.square(tf.matmul(X, W) + b))
gradients = tape.gradient(loss, [W, b])
silent_norm = tf.linalg.global_norm(gradients)
optimizer.apply_gradients(zip(gradients, [W, b]))
