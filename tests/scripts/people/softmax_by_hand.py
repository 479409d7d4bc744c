# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf

np.set_printoptions(precision=4, suppress=True)
labels = np.array([0, 2, 1, 2])
inputs = np.arange(12, dtype="float32").reshape(4, 3) / 10
W = tf.Variable(np.eye(3, dtype="float32"), name="W")
onehot = tf.one_hot(labels, 3)
for i in range(3):
    with tf.GradientTape() as t:
        logits = inputs @ W
        p = tf.exp(logits) / tf.reduce_sum(tf.exp(logits), axis=1, keepdims=True)
        loss = -tf.reduce_sum(onehot * tf.math.log(p)) / len(labels)
    g = t.gradient(loss, W)
    W.assign(W - 0.3 * g)
    print(f"{i}: {loss:.5f}")
print(g.numpy())
print(W)
