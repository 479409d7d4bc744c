# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
import sys
def hook(*a):
    while True: pass
sys.unraisablehook = hook
class A:
    def __del__(self): raise ValueError
A()
