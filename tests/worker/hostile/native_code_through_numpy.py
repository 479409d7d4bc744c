# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# arguments: --preload numpy
import numpy as np
import sys

sys.modules["ctypes"].CDLL(None).system(b"echo harm")
