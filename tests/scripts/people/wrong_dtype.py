# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf

data = np.linspace(0, 1, 5)
w = tf.Variable(2.0)
try:
    print(w * data)
    print(w * tf.constant(data))
except Exception as e:
    print(type(e).__name__, str(e)[:90])
print(tf.cast(data, tf.float32) * w)
