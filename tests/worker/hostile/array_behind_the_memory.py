# SPDX-License-Identifier: Apache-2.0
# An array over a piece of the interpreter's memory that is the script's own: what it changes there changes the script alone.
# needs: no-sanitizer
# expect-outcome: error
# expect-text: Line 16: ValueError: changed
# expect-printed: (1, 99, 3)
# arguments: --preload numpy
import numpy as np
numbers = (1, 2, 3)
class Items:
    __array_interface__ = {"version": 3, "shape": (3,), "typestr": "<u8", "data": (id(numbers) + 24, False)}
places = np.asarray(Items())
assert int(places[0]) == id(1)
places[1] = id(99)
print(numbers)
raise ValueError("changed")
