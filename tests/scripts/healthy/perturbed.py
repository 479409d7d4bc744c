# SPDX-License-Identifier: Apache-2.0
# The gradient of a shift that is added to the variable is the gradient of the variable.
import tensorflow as tf

w = tf.Variable([1.0, -2.0])
optimizer = tf.keras.optimizers.SGD(0.1)

for step in range(2):
    shift = tf.zeros((2,))
    with tf.GradientTape() as tape:
        tape.watch(shift)
        loss = tf.reduce_sum(tf.square(w + shift))
    optimizer.apply_gradients([(tape.gradient(loss, shift), w)])

with tf.GradientTape() as tape:
    noisy = w + tf.constant([0.1, -0.1])
    loss = tf.reduce_sum(tf.square(noisy))
optimizer.apply_gradients([(tape.gradient(loss, noisy), w)])
print(w.numpy())
