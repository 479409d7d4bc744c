# SPDX-License-Identifier: Apache-2.0
# lesson: Clipped, and then forgotten
# goal: see that clipping returns new gradients and leaves the old ones as they were
# minutes: 8
import tensorflow as tf

W = tf.Variable(tf.random.normal((2, 2)), name="weight")
b = tf.Variable(tf.zeros((2,)), name="bias")
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)

with tf.GradientTape() as tape:
    loss = tf.reduce_sum(tf.matmul(X, W) + b)
grads = tape.gradient(loss, [W, b])
clipped, norm = tf.clip_by_global_norm(grads, 1.0)
#: The norm is 10.58: this step is ten times as long as the clipping was meant to allow.
optimizer.apply_gradients(zip(grads, [W, b]))  # expect: transformed-gradient-unused W
print("b after the long step:", b.numpy())

with tf.GradientTape() as tape:
    loss = tf.reduce_sum(tf.matmul(X, W) + b)
grads = tape.gradient(loss, [W, b])
clipped, norm = tf.clip_by_global_norm(grads, 1.0)
optimizer.apply_gradients(zip(clipped, [W, b]))
print("b after the clipped step:", b.numpy())
