# SPDX-License-Identifier: Apache-2.0
# Nothing is left that could be trained, and TensorFlow says so.
import tensorflow as tf

w = tf.Variable([1.0, -1.0], name="w")
optimizer = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    copied = tf.constant(w.numpy())  # expect: left-tensorflow w
    loss = tf.reduce_sum(tf.square(copied))
gradients = tape.gradient(loss, [w])
optimizer.apply_gradients(zip(gradients, [w]))
