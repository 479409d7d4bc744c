# SPDX-License-Identifier: Apache-2.0
# A list that holds itself has no shape.
# expect-outcome: error
# expect-text: Line 10: InvalidArgumentError: Too many dimensions in tensor
# arguments: --preload tensorflow,numpy
import tensorflow as tf
l = []
l.append(l)
print(l)
tf.constant(l)
