# SPDX-License-Identifier: Apache-2.0
# The garbage collector calls a function that never ends.
# expect-outcome: timeout
# expect-text: in line 8 (--timeout SECONDS raises the limit).
# arguments: --preload gc
import gc
def f(phase, info):
    while True: pass
gc.callbacks.append(f)
gc.collect()
