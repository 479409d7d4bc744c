# SPDX-License-Identifier: Apache-2.0
# Code whose lines, columns and names are invented, running operations.
# expect-outcome: error
# expect-text: Line 24: types.ValueError: named
# expect-printed: 50 ran
# arguments: --preload tensorflow,numpy
import types
import tensorflow as tf
def f():
    return tf.constant(1.0) + 1.0
ran = 0
for first in (0, 1, 5, 10**6, 2**31 - 1):
    for table in (b"", b"\xff" * 100, b"\x80" * 50, bytes(range(256)), f.__code__.co_linetable):
        code = f.__code__.replace(co_firstlineno=first, co_linetable=table)
        ran += 2 * (types.FunctionType(code, globals())().numpy() == 2.0)
for name in ("", "\ud800", "a\0b", "x" * 10**6, "<script>", "tensorflow", __file__):
    for which in ("co_name", "co_qualname", "co_filename"):
        types.FunctionType(f.__code__.replace(**{which: name}), globals())()
try:
    exec(compile("\n" * 50 + "1 / 0", "\ud800", "exec"))
except ZeroDivisionError:
    print(ran, "ran")

raise types.new_class("ValueError", (ValueError,))("named")
