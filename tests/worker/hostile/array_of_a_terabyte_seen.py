# SPDX-License-Identifier: Apache-2.0
# An array that needs no memory, as a tensor that does.
# expect-outcome: memory
# expect-text: Line 9: the script needed more than its limit of 512 MB of memory
# arguments: --preload tensorflow,numpy
import numpy as np, tensorflow as tf
a = np.broadcast_to(np.zeros(1, "f4"), (10**12,))
print(a.shape)
tf.constant(a)
