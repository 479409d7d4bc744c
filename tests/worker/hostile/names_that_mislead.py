# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: done
# arguments: --preload tensorflow,numpy
import tensorflow as tf

try:
    long = tf.Variable(1.0, name="<script>\n\0\u202e" + "n" * 10**6)
except Exception as error:
    print(type(error).__name__)
globals()["x\ny\0z"] = tf.Variable(2.0, name="a/b/../..")
print("done")
