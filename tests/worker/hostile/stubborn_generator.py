# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: ok
def g():
    while True:
        try: yield 1
        except GeneratorExit: continue
x = g(); next(x); del x
print("ok")
