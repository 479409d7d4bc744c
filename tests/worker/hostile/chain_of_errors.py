# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: ValueError
def f(n):
    try:
        f(n + 1)
    except Exception as error:
        raise ValueError(n) from error


f(0)
