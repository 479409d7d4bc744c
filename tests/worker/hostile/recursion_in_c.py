# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed
# expect-text: reaches into memory that is not its own. It was in line 8.
# needs: no-sanitizer
import sys
sys.setrecursionlimit(10**9)
class A:
    def __getattr__(self, n): return getattr(self, n + "a")
A().x
