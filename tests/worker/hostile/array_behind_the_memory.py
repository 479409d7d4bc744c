# SPDX-License-Identifier: Apache-2.0
# An array over the memory of the interpreter: what it breaks is the script's own.
# needs: no-sanitizer
# expect-outcome: finished|killed|error
# expect-absent: root:
# arguments: --preload numpy
import numpy as np
class A:
    __array_interface__ = {"version": 3, "shape": (1 << 20,), "typestr": "|u1", "data": (id(0), False)}
b = np.asarray(A())
print(bytes(b[:64]).hex()[:10])
b[:4096] = 255
print("end")
