# SPDX-License-Identifier: Apache-2.0
# An optimizer that has never been made, with answers to everything.
# expect-outcome: error
# expect-text: Line 13: TypeError: a number of something that was made is needed
# arguments: --preload tensorflow,numpy
import tensorflow as tf
class O(tf.keras.optimizers.Adam):
    def __init__(self): pass
    def __getattr__(self, n): return self
    def __call__(self, *a, **k): return self
o = O()
v = tf.Variable(1.0)
o.apply_gradients([(tf.constant(1.0), v)])
print(v)
