# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
x = tf.constant(3.0)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = x ** 2
print(tape.gradient(y, x))
v = tf.Variable(2.0)
with tf.GradientTape(persistent=True) as t:
    z = v * v
    w = z * 3
print(t.gradient(w, v).numpy(), t.gradient(w, z).numpy())
del t
try:
    with tf.GradientTape() as t:
        y = v * 2
    t.gradient(y, v)
    t.gradient(y, v)
except RuntimeError as e:
    print(type(e).__name__, str(e)[:60])
@tf.custom_gradient
def log1pexp(x):
    e = tf.exp(x)
    def grad(upstream):
        return upstream * (1 - 1 / (1 + e))
    return tf.math.log(1 + e), grad
x = tf.constant(100.)
with tf.GradientTape() as tape:
    tape.watch(x)
    y = log1pexp(x)
print(tape.gradient(y, x).numpy())
a = tf.Variable([[1., 2.], [3., 4.]])
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1:
        f = tf.reduce_sum(a ** 3)
    g = t1.gradient(f, a)
h = t2.jacobian(g, a)
print(h.shape, tf.linalg.diag_part(tf.reshape(h, (4, 4))).numpy())
i = tf.Variable(3)
with tf.GradientTape() as t:
    q = tf.cast(i, tf.float32) * 2.0
print(t.gradient(q, i, unconnected_gradients=tf.UnconnectedGradients.ZERO) if i.dtype.is_floating else "int")
