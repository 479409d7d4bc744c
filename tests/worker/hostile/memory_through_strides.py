# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed
# expect-text: reaches into memory that is not its own. It was in line 10.
# needs: no-sanitizer
# arguments: --preload numpy
import numpy as np

a = np.zeros(4, dtype=np.int64)
b = np.lib.stride_tricks.as_strided(a, shape=(2**40,), strides=(8,))
b[: 2**24] = -1
print(b[2**39])
