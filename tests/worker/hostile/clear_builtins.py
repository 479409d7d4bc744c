# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: ZeroDivisionError: division by zero
__builtins__.__dict__.clear()
x = 1 / 0
