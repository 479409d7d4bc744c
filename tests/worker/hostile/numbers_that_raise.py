# SPDX-License-Identifier: Apache-2.0
# Numbers of numpy's whose class refuses to be one: TensorFlow itself reads them through a null pointer.
# expect-outcome: error
# expect-text: Line 9: ValueError: no index
# expect-printed: raised 16
# arguments: --preload tensorflow,numpy
import numpy as np, tensorflow as tf
class Index(np.int64):
    def __index__(self): raise ValueError("no index")
class Float(np.float32):
    def __float__(self): raise ValueError("no float")
raised = 0
for number in (Index(1), Float(1)):
    for dtype in (tf.uint64, tf.int64, tf.int32, tf.float32, tf.float64, tf.float16, tf.complex128, tf.bool):
        try:
            tf.constant([number], dtype)
        except ValueError as error:
            raised += str(error).startswith("no ")
        except TypeError:
            pass
print("raised", raised)
tf.constant([Index(1)], tf.uint64)
