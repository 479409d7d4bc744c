# SPDX-License-Identifier: Apache-2.0
# In a loop: the sources are the layer's output, the pairs are made with the variable.
import tensorflow as tf

kernel = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
inputs = tf.constant([[1.0, 0.0], [2.0, 1.0]])
optimizer = tf.keras.optimizers.SGD(0.1)

for step in range(3):
    with tf.GradientTape() as tape:
        outputs = tf.matmul(inputs, kernel)
        loss = tf.reduce_mean(tf.square(outputs))
    gradients = tape.gradient(loss, [outputs])  # expect: gradient-of-intermediate kernel
    optimizer.apply_gradients(zip(gradients, [kernel]))
print(kernel.numpy())
