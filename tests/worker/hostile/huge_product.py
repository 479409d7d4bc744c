# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: TAPESCOPE_MEMORY
# needs: no-sanitizer
# arguments: --preload numpy
import tensorflow as tf
x = tf.ones([100000, 100000])
y = x @ x
