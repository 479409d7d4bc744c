# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# arguments: --preload numpy
import numpy as np
np.memmap("/etc/passwd", dtype=np.uint8, mode="r")
