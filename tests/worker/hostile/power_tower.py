# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout|memory
x = 10 ** 10 ** 9
print(len(str(x)))
