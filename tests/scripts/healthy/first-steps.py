# SPDX-License-Identifier: Apache-2.0
# The first steps: a tensor, its parts and sums, a variable, a gradient, a function, a module, and a small fit.
import tensorflow as tf

x = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(x)
print(x.shape)
print(x.dtype)
print(x + x)
print(5 * x)
print(x @ tf.transpose(x))
print(tf.concat([x, x, x], axis=0))
print(tf.nn.softmax(x, axis=-1))
print(tf.reduce_sum(x))
print(tf.convert_to_tensor([1, 2, 3]))
print(tf.reduce_sum([1, 2, 3]))
var = tf.Variable([0.0, 0.0, 0.0])
var.assign([1, 2, 3])
print(var)
var.assign_add([1, 1, 1])
print(var)

w = tf.Variable(1.0)


def f(x):
    return x**2 + 2 * x - 5


print(f(w))
with tf.GradientTape() as tape:
    y = f(w)
print(tape.gradient(y, w))
