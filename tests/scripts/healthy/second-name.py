# SPDX-License-Identifier: Apache-2.0
# Two names for one variable, and nobody compares it with itself over an update.
import tensorflow as tf

W = tf.Variable([1.0, 2.0])
kernel = W
optimizer = tf.keras.optimizers.SGD(0.1)

for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(kernel) + W)
    optimizer.apply_gradients(zip(tape.gradient(loss, [W]), [W]))
centred = W - tf.reduce_mean(kernel)
print(W.numpy(), centred.numpy())
