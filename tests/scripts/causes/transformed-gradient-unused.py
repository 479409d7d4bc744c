# SPDX-License-Identifier: Apache-2.0
# In a loop: the clipped list is made and never looked at again.
import tensorflow as tf

W = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
b = tf.Variable([0.0, 0.0])
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(0.01)

for step in range(3):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.matmul(X, W) + b))
    gradients = tape.gradient(loss, [W, b])
    clipped, norm = tf.clip_by_global_norm(gradients, 1.0)
    optimizer.apply_gradients(zip(gradients, [W, b]))  # expect: transformed-gradient-unused W
    print("norm", norm.numpy())
