# SPDX-License-Identifier: Apache-2.0
# An exception with a gigabyte of notes.
# expect-outcome: error
# expect-text: Line 7: ValueError: x
e = ValueError("x")
e.__notes__ = ["n" * 1000] * 10**6
raise e
