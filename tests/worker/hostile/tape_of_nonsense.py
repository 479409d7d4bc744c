# SPDX-License-Identifier: Apache-2.0
# Everything that a tape keeps, changed to what it cannot be, at every use.
# expect-outcome: finished
# expect-printed: end 6.0
# arguments: --preload tensorflow,numpy
import tensorflow as tf
x = tf.Variable(3.0)
for bad in (None, -1, 2**31, 2**32 - 1, 2**64, "x", [], object(), 1.5, float("nan")):
    with tf.GradientTape(persistent=True) as tape:
        y = x * x
    for name in list(vars(tape)):
        before = getattr(tape, name)
        setattr(tape, name, bad)
        for use in (lambda: tape.gradient(y, x), lambda: tape.jacobian(y, x), lambda: tape.watched_variables(), lambda: tape.watch(x),
                    lambda: tape.__enter__(), lambda: tape.__exit__(None, None, None), lambda: tape.reset()):
            try:
                use()
            except Exception:
                pass
        setattr(tape, name, before)
with tf.GradientTape() as tape:
    y = x * x
print("end", tape.gradient(y, x).numpy())
