# SPDX-License-Identifier: Apache-2.0
# Operations and loops five thousand calls deep, in a script that allows itself that.
# expect-outcome: error
# expect-text: Line 17: ValueError: deep
# expect-printed: tf.Tensor(2.0, shape=(), dtype=float32)
# arguments: --preload tensorflow,numpy --cpu 20
import sys
import tensorflow as tf
sys.setrecursionlimit(20000)
x = tf.constant(2.0)
def down(n):
    for _ in range(1):
        return x * 1.0 if n == 0 else down(n - 1)
print(down(5000))
def fail(n):
    if n == 0:
        raise ValueError("deep")
    fail(n - 1)
fail(5000)
