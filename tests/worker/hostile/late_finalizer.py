# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
class Late:
    def __del__(self):
        open("/etc/passwd")


late = Late()
