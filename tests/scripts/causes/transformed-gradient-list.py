# SPDX-License-Identifier: Apache-2.0
# Clipped one by one into a list that nobody uses.
import tensorflow as tf

w = tf.Variable([3.0, -4.0])
optimizer = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    loss = tf.reduce_sum(tf.square(w))
gradients = tape.gradient(loss, [w])
small = [tf.clip_by_norm(g, 1.0) for g in gradients]
optimizer.apply_gradients(zip(gradients, [w]))  # expect: transformed-gradient-unused w
print(w.numpy())
