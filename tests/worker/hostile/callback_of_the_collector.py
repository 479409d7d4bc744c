# The garbage collector calls a function that never ends.
# expect-outcome: timeout
# expect-text: in line 6 (--timeout SECONDS raises the limit).
import gc
def f(phase, info):
    while True: pass
gc.callbacks.append(f)
gc.collect()
