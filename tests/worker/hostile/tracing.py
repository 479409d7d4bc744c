# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: 3
import sys


def trace(frame, event, argument):
    return trace


sys.settrace(trace)
total = 0
for i in range(3):
    total = total + i
print(total)
