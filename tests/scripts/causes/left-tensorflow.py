# SPDX-License-Identifier: Apache-2.0
# The scale goes through numpy on its way into the loss, and the optimizer is asked to train it.
import tensorflow as tf

scale = tf.Variable([2.0, 0.5], name="scale")
w = tf.Variable([1.0, -1.0], name="w")
optimizer = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    factor = scale.numpy()  # expect: left-tensorflow scale
    loss = tf.reduce_sum(tf.square(w * factor))
gradients = tape.gradient(loss, [scale, w])
optimizer.apply_gradients(zip(gradients, [scale, w]))
print(scale.numpy(), w.numpy())
