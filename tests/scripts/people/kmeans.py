# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf

points = tf.random.stateless_uniform([60, 2], seed=(1, 2))
centroids = tf.Variable(points[:3])
for _ in range(10):
    distances = tf.reduce_sum((points[:, None, :] - centroids[None]) ** 2, axis=-1)
    nearest = tf.argmin(distances, axis=1)
    means = tf.math.unsorted_segment_mean(points, nearest, 3)
    centroids.assign(means)
print(tf.round(centroids * 1000) / 1000)
print(tf.math.bincount(tf.cast(nearest, tf.int32)).numpy())
