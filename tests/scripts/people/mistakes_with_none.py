# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf

x = tf.constant(3.0)
v = tf.Variable(2.0)
k = tf.Variable(4)
with tf.GradientTape(persistent=True) as tape:
    y = x * v
    z = tf.cast(k, tf.float32) * v
print(tape.gradient(y, x))
print(tape.gradient(y, v))
print(tape.gradient(z, k))
print(tape.gradient(y, [x, v], unconnected_gradients=tf.UnconnectedGradients.ZERO))
del tape
with tf.GradientTape() as once:
    y = v * v
print(once.gradient(y, v))
try:
    once.gradient(y, v)
except RuntimeError as error:
    print(type(error).__name__, error)
