# SPDX-License-Identifier: Apache-2.0
# Which gradients are applied depends on the norm; in this run the clipped ones are not needed.
import tensorflow as tf

w = tf.Variable([1.0, -1.0])
optimizer = tf.keras.optimizers.SGD(0.1)
limit = 100.0

for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(w))
    gradients = tape.gradient(loss, [w])
    clipped, norm = tf.clip_by_global_norm(gradients, limit)
    chosen = clipped if norm.numpy() > limit else gradients
    optimizer.apply_gradients(zip(chosen, [w]))

with tf.GradientTape() as tape:
    loss = tf.reduce_sum(tf.square(w))
gradients = tape.gradient(loss, [w])
safe, norm = tf.clip_by_global_norm(gradients, limit)
if norm.numpy() > limit:
    optimizer.apply_gradients(zip(safe, [w]))
else:
    optimizer.apply_gradients(zip(gradients, [w]))
print(w.numpy())
