# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed|memory|timeout|error
# needs: no-sanitizer
import sys
sys.setrecursionlimit(10**9)
class A:
    def __getattr__(self, n): return getattr(self, n + "a")
A().x
