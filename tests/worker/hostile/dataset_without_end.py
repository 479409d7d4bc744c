# SPDX-License-Identifier: Apache-2.0
# A dataset that never finds what it looks for.
# expect-outcome: timeout
# expect-text: and was in line 7 (--timeout SECONDS raises the limit).
# arguments: --preload tensorflow,numpy
import tensorflow as tf
next(iter(tf.data.Dataset.range(10).repeat().filter(lambda x: False)))
