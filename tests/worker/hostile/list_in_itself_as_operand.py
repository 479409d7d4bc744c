# The same where a tensor may be among the items.
# expect-outcome: error
# expect-text: Line 8: RecursionError: maximum recursion depth exceeded
import tensorflow as tf

inner = []
inner.append(inner)
tf.add(inner, 1.0)
