# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: not callable
# arguments: --preload tensorflow,numpy
import _tapescope
import tensorflow as tf

for name in dir(_tapescope):
    if not name.startswith("__"):
        setattr(_tapescope, name, None)
x = tf.Variable(1.0)
with tf.GradientTape() as tape:
    y = x * x
print(tape.gradient(y, x))
