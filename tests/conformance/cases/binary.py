# SPDX-License-Identifier: Apache-2.0
# Two inputs, broadcast. What the cases are is in kinds.py.
NAMES = """
add subtract multiply divide math.floordiv math.floormod pow maximum minimum math.squared_difference atan2
math.divide_no_nan math.multiply_no_nan math.xdivy math.xlogy math.xlog1py equal not_equal less less_equal greater
greater_equal logical_and logical_or math.logical_xor truncatediv truncatemod math.nextafter math.igamma math.zeta
bitwise.bitwise_and bitwise.bitwise_or bitwise.bitwise_xor bitwise.left_shift bitwise.right_shift complex
"""

for name in NAMES.split():
    cases_of_two(name)
