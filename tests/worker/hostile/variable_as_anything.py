# SPDX-License-Identifier: Apache-2.0
# A variable that no constructor made, wherever a variable may stand.
# expect-outcome: error
# expect-text: Line 19: AttributeError: 'V' object has no attribute '_unique_id'
# arguments: --preload tensorflow,numpy
import tensorflow as tf
class V(tf.Variable):
    def __init__(self): pass
    def __del__(self): raise ValueError
v = V()
for f in (lambda: v.numpy(), lambda: v.assign(1.0), lambda: v + 1.0, lambda: repr(v), lambda: tf.square(v), lambda: v.name, lambda: v.shape):
    try: print(f())
    except BaseException as e: print(type(e).__name__, str(e)[:90])
with tf.GradientTape() as t:
    try: t.watch(v)
    except BaseException as e: print(type(e).__name__, str(e)[:90])
try: print(t.gradient(v, v))
except BaseException as e: print(type(e).__name__, str(e)[:90])
tf.keras.optimizers.SGD(0.1).apply_gradients([(tf.constant(1.0), v)])
