# SPDX-License-Identifier: Apache-2.0
# lesson: A gradient of the wrong thing
# goal: see that an optimizer pairs by position: what a gradient belongs to, nobody checks
# minutes: 10
import tensorflow as tf

W = tf.Variable(tf.random.normal((2, 2)), name="weight")
b = tf.Variable(tf.zeros((2,)), name="bias")
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)


def layer(x):
    return tf.matmul(x, W) + b


# Step 1: the gradients of the loss with respect to W and b.
with tf.GradientTape() as tape:
    y = layer(X)
    loss = tf.reduce_sum(y)
grads = tape.gradient(loss, [W, b])
optimizer.apply_gradients(zip(grads, [W, b]))

# Step 2: the gradient of the loss with respect to the layer's output.
with tf.GradientTape() as tape:
    y = layer(X)
    loss = tf.reduce_sum(y)
#? predict gradient(b): path | none | zero | not asked for
wrong = tape.gradient(loss, [y])  # expect: gradient-of-intermediate W
#: One gradient for two variables: zip() stops here, and b goes away empty.
optimizer.apply_gradients(zip(wrong, [W, b]))  # expect: zip-truncated b

print("W after step 1:", W.numpy())  # expect: late-or-aliased-observation W
print("W after step 2:", W.numpy())
print("b after step 2:", b.numpy())
