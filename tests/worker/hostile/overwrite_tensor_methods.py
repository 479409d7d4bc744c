# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: ZeroDivisionError
# expect-printed: before
# arguments: --preload tensorflow,numpy
import tensorflow as tf

x = tf.constant([1.0, 2.0])
for name in dir(type(x)):
    try:
        setattr(type(x), name, lambda *arguments: 1 / 0)
    except BaseException:
        pass
print("before")
print(tf.square(tf.constant(2.0)))
