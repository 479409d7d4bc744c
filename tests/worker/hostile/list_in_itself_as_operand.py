# SPDX-License-Identifier: Apache-2.0
# The same where a tensor may be among the items.
# expect-outcome: error
# expect-text: Line 10: RecursionError: maximum recursion depth exceeded
# arguments: --preload tensorflow,numpy
import tensorflow as tf

inner = []
inner.append(inner)
tf.add(inner, 1.0)
