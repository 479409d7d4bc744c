# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
X = rng.randn(64, 3).astype(np.float32)
true_w = np.array([[1.0], [-2.0], [0.5]], np.float32)
Y = X.dot(true_w)
w = tf.Variable(tf.zeros((3, 1)))
optimizer = tf.keras.optimizers.RMSprop(0.05)


def batches(size):
    order = rng.permutation(len(X))
    for start in range(0, len(X), size):
        chosen = order[start:start + size]
        yield X[chosen], Y[chosen]


for epoch in range(5):
    losses = []
    for xb, yb in batches(16):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.abs(tf.matmul(xb, w) - yb))
        grads = tape.gradient(loss, [w])
        grads, norm = tf.clip_by_global_norm(grads, 1.0)
        optimizer.apply_gradients(zip(grads, [w]))
        losses.append(float(loss))
    print(f"Epoch {epoch + 1}: loss = {np.mean(losses):.4f}")
