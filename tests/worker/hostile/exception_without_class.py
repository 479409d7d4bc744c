# SPDX-License-Identifier: Apache-2.0
# An exception that does not say what it is.
# expect-outcome: error
# expect-text: Line 7: E: x
class E(Exception):
    __class__ = property(lambda self: 1 / 0)
raise E("x")
