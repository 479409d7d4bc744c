# SPDX-License-Identifier: Apache-2.0
# A tape that its own end has closed is entered again, while an older one keeps its place.
# expect-outcome: error
# expect-text: Line 14: TypeError: 1 is no tape
# arguments: --preload tensorflow
import tensorflow as tf
x = tf.constant(2.0)
a = tf.GradientTape(persistent=True)
a.__enter__()
b = tf.GradientTape(persistent=True)
b.__enter__()
b.__exit__(None, None, None)
b.__del__()
b.__enter__()
a.__exit__(None, None, None)
a.__del__()
for _ in range(200):
    y = x * x
