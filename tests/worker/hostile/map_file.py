# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 6: import mmap: a script cannot reach files here
# arguments: --preload numpy
import numpy as np
np.memmap("/etc/passwd", dtype=np.uint8, mode="r")
