# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: would have more than 2**63 - 1 elements
# arguments: --preload tensorflow,numpy
import tensorflow as tf

tf.zeros([2**62, 4])
