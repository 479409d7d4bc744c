# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf

x = tf.Variable(3.0)
for i in range(6):
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            f = x ** 4 - 3 * x ** 3 + 2
        g = inner.gradient(f, x)
    h = outer.gradient(g, x)
    x.assign_sub(g / h)
    print(i, round(float(x), 5), round(float(f), 5))
