# SPDX-License-Identifier: Apache-2.0
"""Linear regression by gradient descent, as everybody writes it first."""
import numpy as np
import tensorflow as tf

np.random.seed(0)
x = np.random.rand(50).astype(np.float32)
y = 3.0 * x + 2.0 + np.random.normal(scale=0.05, size=50).astype(np.float32)

w = tf.Variable(0.0)
b = tf.Variable(0.0)


def mse(y_true, y_pred):
    return tf.reduce_mean(tf.square(y_true - y_pred))


learning_rate = 0.5
for epoch in range(60):
    with tf.GradientTape() as tape:
        loss = mse(y, w * x + b)
    dw, db = tape.gradient(loss, [w, b])
    w.assign_sub(learning_rate * dw)
    b.assign_sub(learning_rate * db)
    if epoch % 20 == 0:
        print(f"epoch {epoch:2d}  loss {loss.numpy():.4f}  w {w.numpy():.3f}  b {b.numpy():.3f}")
