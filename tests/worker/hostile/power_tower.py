# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: limit of 1 second of computing time, and was in line 4 (--timeout SECONDS raises the limit).
x = 10 ** 10 ** 9
print(len(str(x)))
