# SPDX-License-Identifier: Apache-2.0
"""du/dx = -u, u(0) = 1, by a tiny network."""
import tensorflow as tf

x = tf.reshape(tf.linspace(0.0, 1.0, 8), (-1, 1))
w1 = tf.Variable(tf.fill([1, 4], 0.5) * tf.constant([1.0, -1.0, 0.5, 2.0]))
b1 = tf.Variable(tf.zeros([4]))
w2 = tf.Variable(tf.fill([4, 1], 0.3))
params = [w1, b1, w2]


def u(x):
    return 1.0 + x * tf.matmul(tf.tanh(tf.matmul(x, w1) + b1), w2)


opt = tf.keras.optimizers.Adam(learning_rate=0.05)
for it in range(40):
    with tf.GradientTape() as tape:
        with tf.GradientTape() as inner:
            inner.watch(x)
            out = u(x)
        du = inner.gradient(out, x)
        loss = tf.reduce_mean(tf.square(du + out))
    opt.apply_gradients(zip(tape.gradient(loss, params), params))
    if it % 10 == 0:
        print(it, "%.4f" % loss.numpy())
