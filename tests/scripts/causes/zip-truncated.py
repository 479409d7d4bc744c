# SPDX-License-Identifier: Apache-2.0
# Three variables, two gradients: c was forgotten among the sources.
import tensorflow as tf

a = tf.Variable(1.0)
b = tf.Variable(2.0)
c = tf.Variable(3.0)
optimizer = tf.keras.optimizers.SGD(0.1)

for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.square(a * b + c)
    gradients = tape.gradient(loss, [a, b])
    optimizer.apply_gradients(zip(gradients, [a, b, c]))  # expect: zip-truncated c
print(a.numpy(), b.numpy(), c.numpy())
