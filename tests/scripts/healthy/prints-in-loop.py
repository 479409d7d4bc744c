# SPDX-License-Identifier: Apache-2.0
# Before and after each step, in a loop and in straight-line code.
import tensorflow as tf

w = tf.Variable(0.0)
optimizer = tf.keras.optimizers.SGD(0.1)


def step():
    with tf.GradientTape() as tape:
        loss = tf.square(w - 3.0)
    gradient = tape.gradient(loss, w)
    optimizer.apply_gradients([(gradient, w)])


for index in range(3):
    print("before", w.numpy())
    step()
    print("after", w.numpy())

step()
print("one more:", w.numpy())
step()
print("and one more:", w.numpy())
print("that is:", w.numpy())
