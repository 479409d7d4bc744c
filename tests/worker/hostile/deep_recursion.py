# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed
# expect-text: reaches into memory that is not its own. It was in line 11.
import sys

sys.setrecursionlimit(10**8)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")


Deep().x
