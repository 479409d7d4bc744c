# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout|memory
# expect-text: more than its limit of
# needs: no-sanitizer
x = 1 << 400000000
y = x * x * x
