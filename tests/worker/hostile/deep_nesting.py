# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: Line 4: SyntaxError: too many nested parentheses
eval("(" * 100000 + ")" * 100000)
