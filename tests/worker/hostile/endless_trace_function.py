# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
import sys
def t(f, e, a):
    while True: pass
sys.settrace(t)
def g(): pass
g()
