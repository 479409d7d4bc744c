# SPDX-License-Identifier: Apache-2.0
# Every function of ours with arguments that it does not expect.
# expect-outcome: finished
# expect-printed: end
# arguments: --preload tensorflow,numpy
import sys, tensorflow as tf
import _tapescope
names = [n for n in dir(_tapescope) if not n.startswith("__")]
evil = [None, -1, 2**70, "x", b"x", object(), [], [[]], {}, tf.constant(1.0), tf.Variable(1.0), lambda *a: None, type, float("nan")]
for n in names:
    f = getattr(_tapescope, n)
    if not callable(f): continue
    for k in range(5):
        for e in evil:
            try: f(*[e] * k)
            except BaseException as x: str(x)
print("end", len(names))
