# SPDX-License-Identifier: Apache-2.0
# The result of the call is thrown away: nothing is clipped in place.
import tensorflow as tf

w = tf.Variable([3.0, -4.0])
optimizer = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    loss = tf.reduce_sum(tf.square(w))
gradients = tape.gradient(loss, [w])
for gradient in gradients:
    tf.clip_by_value(gradient, -1.0, 1.0)
optimizer.apply_gradients(zip(gradients, [w]))  # expect: transformed-gradient-unused w
print(w.numpy())
