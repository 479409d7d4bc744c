# SPDX-License-Identifier: Apache-2.0
# An error in a line that the script does not have.
# expect-outcome: error
# expect-text: Line 13: SyntaxError: x
# arguments: --preload tensorflow,numpy
import tensorflow as tf
src = "def f(x):\n" + "\n" * 10**6 + "  return x * x\n"
d = {}
exec(compile(src, __file__, "exec"), d)
x = tf.Variable(2.0)
with tf.GradientTape() as t: y = d["f"](x)
print(t.gradient(y, x))
raise SyntaxError("x", (__file__, 10**9, 1, "t"))
