# SPDX-License-Identifier: Apache-2.0
import numpy as np
np.random.seed(0)
def sigmoid(z): return 1 / (1 + np.exp(-z))
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]); y = np.array([[0], [1], [1], [0]])
W1, W2 = np.random.randn(2, 4), np.random.randn(4, 1)
for i in range(1000):
    h = sigmoid(X @ W1); o = sigmoid(h @ W2)
    d = (o - y) * o * (1 - o)
    W2 -= h.T @ d; W1 -= X.T @ (d @ W2.T * h * (1 - h))
print(np.round(o, 2))
import tensorflow as tf
print(tf.__version__[:2], tf.reduce_sum(tf.constant(X)).numpy())
print(f"{o.mean():.3f} {np.allclose(o, y, atol=0.5)} {any(o > 0.9)!r} {all([True, np.bool_(True)])!r} {type(any(np.array([True]))).__name__}")
