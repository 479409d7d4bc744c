# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: limit of
# arguments: --preload tensorflow,numpy
# needs: no-sanitizer
import tensorflow as tf

tf.image.resize(tf.ones([1, 4, 4, 3]), [10**6, 10**6])
