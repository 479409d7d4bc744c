# SPDX-License-Identifier: Apache-2.0
# Padding by so much that the size becomes negative.
# expect-outcome: error
# expect-text: Line 7: InvalidArgumentError: Expected a non-negative size, got -9223372036854775807
# arguments: --preload tensorflow,numpy
import tensorflow as tf
print(tf.pad([1.0], [[2**62, 2**62]]))
