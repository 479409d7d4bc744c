# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf

x = tf.Variable([1.0, 2.0, 3.0])
with tf.GradientTape() as t:
    y = tf.stack([x[0] * x[1], tf.sin(x[2]), tf.reduce_sum(x ** 2)])
j = t.jacobian(y, x)
print(tf.round(j * 1000) / 1000)
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        f = tf.reduce_prod(x)
    g = t1.gradient(f, x)
print(t2.jacobian(g, x).numpy())
