# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 4: import ctypes: a script cannot call native code here; use tensorflow, numpy or plain Python
import ctypes

ctypes.CDLL(None).system(b"echo harm")
