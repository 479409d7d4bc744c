# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: 1000013 done
# arguments: --preload tensorflow,numpy
import tensorflow as tf

long = tf.Variable(1.0, name="<script>\n\0\u202e" + "n" * 10**6)
globals()["x\ny\0z"] = tf.Variable(2.0, name="a/b/../..")
print(len(long.name), "done")
