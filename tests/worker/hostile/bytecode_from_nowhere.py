# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed
# expect-text: It was in line 10.
# needs: no-sanitizer
def f():
    pass


f.__code__ = f.__code__.replace(co_code=bytes([100, 255, 83, 0] * 50), co_consts=())
f()
