# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed
# expect-absent: Traceback
import sys

sys.setrecursionlimit(10**8)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")


Deep().x
