# SPDX-License-Identifier: Apache-2.0
# Clipping does not change what the gradient belongs to.
import tensorflow as tf

kernel = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
inputs = tf.constant([[1.0, 0.0], [2.0, 1.0]])
optimizer = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    outputs = tf.matmul(inputs, kernel)
    loss = tf.reduce_mean(tf.square(outputs))
gradients = tape.gradient(loss, [outputs])  # expect: gradient-of-intermediate kernel
gradients, _ = tf.clip_by_global_norm(gradients, 1.0)
optimizer.apply_gradients(zip(gradients, [kernel]))
print(kernel.numpy())
