# SPDX-License-Identifier: Apache-2.0
# One optimizer for two models: it was built for the first.
import tensorflow as tf

first = tf.Variable(1.0, name="first")
second = tf.Variable(2.0, name="second")
optimizer = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    loss = tf.square(first)
optimizer.apply_gradients([(tape.gradient(loss, first), first)])

with tf.GradientTape() as tape:
    loss = tf.square(second)
optimizer.apply_gradients([(tape.gradient(loss, second), second)])  # expect: optimizer-unknown-variable second
