# SPDX-License-Identifier: Apache-2.0
# lesson: The path that is cut
# goal: see that a value that leaves TensorFlow takes no gradient with it
# minutes: 8
import tensorflow as tf

W = tf.Variable([[0.5, -1.0], [2.0, 1.5]], name="W")
b = tf.Variable([0.25, -0.5], name="b")
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)

with tf.GradientTape() as tape:
    y = tf.matmul(X, W)
    shifted = y + tf.constant(b.numpy())  # expect: left-tensorflow b
    loss = tf.reduce_sum(tf.square(shifted))
#? predict gradient(b): path | none | zero
grads = tape.gradient(loss, [W, b])
#: The number of b is in the loss. The way to b is not.
optimizer.apply_gradients(zip(grads, [W, b]))

print("W:", W.numpy())
print("b:", b.numpy())
