# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout|memory
x = 7 ** (10 ** 10)
