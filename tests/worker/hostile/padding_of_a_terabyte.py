# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: TAPESCOPE_MEMORY
# arguments: --preload tensorflow,numpy
# needs: no-sanitizer
import tensorflow as tf

print(tf.pad([1.0], [[2**40, 2**40]]).shape)
