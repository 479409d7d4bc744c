# SPDX-License-Identifier: Apache-2.0
# Nothing to add in a thousand thousand million rows.
# expect-outcome: finished
# expect-printed: tf.Tensor([], shape=(0,), dtype=float32) (1000000000000, 0)
# arguments: --preload tensorflow
import tensorflow as tf
print(tf.reduce_sum(tf.zeros([10**12, 0]), 0), tf.reduce_mean(tf.zeros([10**12, 5, 0]), 1).shape)
