# SPDX-License-Identifier: Apache-2.0
# lesson: A name is not a variable
# goal: see that assigning to the name makes a new variable, which the optimizer has never met
# minutes: 8
import tensorflow as tf

W = tf.Variable(tf.random.normal((2, 2)), name="weight")
b = tf.Variable(tf.zeros((2,)), name="bias")
X = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(learning_rate=0.01)


def train_step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.matmul(X, W) + b)
    grads = tape.gradient(loss, [W, b])
    optimizer.apply_gradients(zip(grads, [W, b]))


train_step()
print("W after step 1:", W.numpy())
print("b after step 1:", b.numpy())

# Meant as a fresh start. The optimizer was built for the two variables of before.
W = tf.Variable(tf.random.normal((2, 2)), name="weight")  # expect: optimizer-unknown-variable W
b = tf.Variable(tf.zeros((2,)), name="bias")

#: The gradients are right. The optimizer refuses the variable.
train_step()
print("W after step 2:", W.numpy())
