# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
import numpy as np
from sklearn.datasets import make_blobs
from sklearn.metrics import accuracy_score
X, y = make_blobs(n_samples=90, centers=3, n_features=2, random_state=0)
X = X.astype(np.float32)
points = tf.constant(X)
K = 3
centroids = tf.Variable(tf.slice(points, [0, 0], [K, -1]))
@tf.function
def step(points, centroids):
    d = tf.reduce_sum(tf.square(tf.expand_dims(points, 0) - tf.expand_dims(centroids, 1)), 2)
    a = tf.argmin(d, 0)
    means = tf.stack([tf.reduce_mean(tf.boolean_mask(points, tf.equal(a, k)), 0) for k in range(K)])
    return a, means, tf.reduce_sum(tf.reduce_min(d, 0))
for i in range(20):
    a, means, inertia = step(points, centroids)
    if np.allclose(means, centroids, atol=1e-4): break
    centroids.assign(means)
print("iterations", i, "inertia %.3f" % inertia.numpy())
print(np.round(tf.sort(centroids, axis=0).numpy(), 3))
print(tf.math.bincount(tf.cast(a, tf.int32)).numpy())
seg = tf.math.unsorted_segment_mean(points, a, K)
print(np.allclose(seg, means, atol=1e-4))
# map every cluster to its most frequent label
mapping = {k: int(np.bincount(y[a.numpy() == k]).argmax()) for k in range(K)}
pred = np.array([mapping[int(k)] for k in a])
print("accuracy %.3f" % accuracy_score(y, pred))
# EM of a mixture of Gaussians
pi, mu, var = tf.fill([K], 1 / K), tf.identity(centroids), tf.ones([K, 2])
for it in range(5):
    logp = tf.math.log(pi) - 0.5 * tf.reduce_sum(tf.math.log(2 * np.pi * var), 1) - 0.5 * tf.reduce_sum((points[:, None] - mu) ** 2 / var, -1)
    ll = tf.reduce_sum(tf.reduce_logsumexp(logp, 1))
    r = tf.nn.softmax(logp, axis=1)
    n = tf.reduce_sum(r, 0)
    pi = n / tf.reduce_sum(n)
    mu = tf.matmul(r, points, transpose_a=True) / n[:, None]
    var = tf.einsum("nk,nkd->kd", r, (points[:, None] - mu) ** 2) / n[:, None]
    print(it, "ll %.3f" % ll.numpy())
print(np.round(np.sort(pi.numpy()), 3))
