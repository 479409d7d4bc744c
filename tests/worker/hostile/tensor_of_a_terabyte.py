# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: TAPESCOPE_MEMORY
# arguments: --preload tensorflow,numpy
# needs: no-sanitizer
import tensorflow as tf

print(tf.zeros([2**40]).shape)
