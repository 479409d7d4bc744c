# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf
from sklearn.datasets import make_blobs
from sklearn.preprocessing import MinMaxScaler, LabelEncoder
from sklearn.metrics import mean_squared_error, r2_score, f1_score, precision_score, recall_score
X, y = make_blobs(n_samples=60, centers=3, random_state=1, cluster_std=0.6)
X = MinMaxScaler().fit_transform(X).astype(np.float32)
pts = tf.constant(X)
centroids = tf.Variable(pts[:3])
for step in range(10):
    d = tf.reduce_sum((pts[:, None] - centroids[None]) ** 2, axis=2)
    assign = tf.argmin(d, axis=1)
    new = tf.stack([tf.reduce_mean(tf.boolean_mask(pts, assign == k), axis=0) for k in range(3)])
    centroids.assign(tf.where(tf.math.is_nan(new), centroids, new))
print(np.round(np.sort(centroids.numpy(), axis=0), 3))
print(np.bincount(assign.numpy(), minlength=3).sum(), tf.unique_with_counts(assign).count.numpy().sum())
le = LabelEncoder()
print(le.fit_transform(["b", "a", "c", "a"]), le.classes_, le.inverse_transform([0, 1]))
print(round(mean_squared_error([1, 2, 3], [1, 2, 4]), 3), round(r2_score([1, 2, 3], [1, 2, 4]), 3))
print(f1_score([0, 1, 1], [0, 1, 0]), precision_score([0, 1, 1], [0, 1, 0]), recall_score([0, 1, 1], [0, 1, 0]))
