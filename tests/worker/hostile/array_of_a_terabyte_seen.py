# An array that needs no memory, as a tensor that does.
# expect-outcome: memory
# expect-text: Line 7: the script needed more than its limit of 512 MB of memory
import numpy as np, tensorflow as tf
a = np.broadcast_to(np.zeros(1, "f4"), (10**12,))
print(a.shape)
tf.constant(a)
