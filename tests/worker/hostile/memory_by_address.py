# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed
# expect-text: reaches into memory that is not its own. It was in line 14.
# needs: no-sanitizer
# arguments: --preload numpy
import numpy as np


class Memory:
    __array_interface__ = {"shape": (64,), "typestr": "|u1", "data": (id(len), False), "version": 3}


np.asarray(Memory())[:] = 0
len([])
