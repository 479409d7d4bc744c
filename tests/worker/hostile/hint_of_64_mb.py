# SPDX-License-Identifier: Apache-2.0
# An AttributeError with a hint that nobody can read.
# expect-outcome: error
# expect-text: Line 7: AttributeError: xyyy
e = AttributeError("x")
e.hint = "y" * (1 << 26)
raise e
