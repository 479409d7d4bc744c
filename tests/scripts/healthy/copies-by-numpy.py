# SPDX-License-Identifier: Apache-2.0
# numpy() copies: before and after differ, and the script shows it.
import tensorflow as tf

W = tf.Variable([[1.0], [2.0]])
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
optimizer = tf.keras.optimizers.SGD(0.01)


def step():
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.matmul(x, W))
    optimizer.apply_gradients(zip(tape.gradient(loss, [W]), [W]))


before = W.numpy()
step()
after = W.numpy()
step()
print("before", before, "after", after)
print("now", W.numpy())
print("moved", W.numpy() - before)
