# SPDX-License-Identifier: Apache-2.0
# Lists in lists, a hundred thousand deep.
# expect-outcome: error
# expect-text: Line 9: InvalidArgumentError: Too many dimensions in tensor
# arguments: --preload tensorflow,numpy
import tensorflow as tf
l = 1.0
for _ in range(10**5): l = [l]
tf.constant(l)
