# SPDX-License-Identifier: Apache-2.0
# Both prints stand behind both updates.
import tensorflow as tf

w = tf.Variable(1.0)
optimizer = tf.keras.optimizers.SGD(0.1)

with tf.GradientTape() as tape:
    loss = tf.square(w)
optimizer.apply_gradients([(tape.gradient(loss, w), w)])

with tf.GradientTape() as tape:
    loss = tf.square(w - 5.0)
optimizer.apply_gradients([(tape.gradient(loss, w), w)])

print("after the first step:", w.numpy())  # expect: late-or-aliased-observation w
print("after the second step:", w.numpy())
