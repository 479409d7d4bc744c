# SPDX-License-Identifier: Apache-2.0
# The root of 0 has no finite slope: the first step poisons w, the second everything.
import tensorflow as tf

w = tf.Variable([1.0, 0.0, 4.0], name="w")
scale = tf.Variable(2.0, name="scale")
optimizer = tf.keras.optimizers.SGD(0.1)

for step in range(3):
    with tf.GradientTape() as tape:
        root = tf.sqrt(w)  # expect: nan-gradient w
        loss = tf.reduce_sum(root * scale)
    gradients = tape.gradient(loss, [w, scale])
    optimizer.apply_gradients(zip(gradients, [w, scale]))
print(w.numpy(), scale.numpy())
