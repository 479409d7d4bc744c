# SPDX-License-Identifier: Apache-2.0
# Copies of descriptors over one another.
# expect-outcome: forbidden|finished
# expect-printed: hello
import os
for a in range(3, 12):
    for b in range(0, 12):
        try: os.dup2(a, b)
        except OSError: pass
print("hello")
