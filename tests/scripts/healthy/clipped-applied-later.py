# SPDX-License-Identifier: Apache-2.0
# Two variants side by side: the same gradients go to one copy as they are and to the other clipped.
import tensorflow as tf

free = tf.Variable([[1.0], [2.0]])
tame = tf.Variable([[1.0], [2.0]])
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(0.001)
other = tf.keras.optimizers.SGD(0.001)

with tf.GradientTape() as tape:
    loss = tf.reduce_mean(tf.square(tf.matmul(x, free))) + tf.reduce_mean(tf.square(tf.matmul(x, tame)))
gradients = tape.gradient(loss, [free, tame])
clipped = [tf.clip_by_norm(g, 1.0) for g in gradients]
optimizer.apply_gradients([(gradients[0], free)])
other.apply_gradients([(clipped[1], tame)])
print(free.numpy(), tame.numpy())
