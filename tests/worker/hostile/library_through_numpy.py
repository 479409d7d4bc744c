# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: native code
# arguments: --preload numpy
import numpy as np
c = np.ctypeslib.ctypes if hasattr(np,"ctypeslib") else None
print(c)
lib = np.ctypeslib.load_library("libc.so.6", "/lib/x86_64-linux-gnu")
lib.system(b"id")
