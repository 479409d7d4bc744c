# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout|memory
# needs: no-sanitizer
x = 1 << 400000000
y = x * x * x
