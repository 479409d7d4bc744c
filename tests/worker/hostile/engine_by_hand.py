# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: True done
# arguments: --preload tensorflow,numpy --cpu 60
import _tapescope
import tensorflow as tf

v = tf.Variable([1.0, 2.0])
with tf.GradientTape(persistent=True) as tape:
    y = v * v
optimizer = tf.keras.optimizers.Adam()
optimizer.apply_gradients([(tf.ones(2), v)])


class Odd:
    def __index__(self):
        return 2**31

    def __len__(self):
        return 10**9

    def __getitem__(self, place):
        raise KeyError(place)

    def __bool__(self):
        raise ValueError("neither")


pool = [0, 1, -1, 7, 2**31, 2**32 - 1, 2**32, 2**64, 1.5, None, "", "Adam", "a\0b", b"\xff", [], [v], [None], [[]], (), {}, v, y,
        tape, Odd(), object(), int, len, lambda *given: given, type, range(3), [10**9] * 5, 1j]
called = 0
for name in dir(_tapescope):
    call = getattr(_tapescope, name)
    if name.startswith("__") or not callable(call) or name in ("suspend_recording", "resume_recording"):
        continue
    called += 1
    for one in pool:  # not one of them may end the worker
        for given in ((), (one,), (one, one), (one, 0, v), (0, one, v, None), (0, 0, None, v, one), (one, [v], [v], [], [], [], -1)):
            try:
                call(*given)
            except Exception:
                pass
print(called > 50, "done")
