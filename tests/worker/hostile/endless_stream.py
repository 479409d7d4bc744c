# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
import sys
class S:
    def write(self, t):
        while True: pass
sys.stdout = S()
print("x")
