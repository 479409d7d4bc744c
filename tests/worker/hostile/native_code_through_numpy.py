# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 8: ctypes.dlopen(): a script cannot call native code here
# arguments: --preload numpy
import numpy as np
import sys

sys.modules["ctypes"].CDLL(None).system(b"echo harm")
