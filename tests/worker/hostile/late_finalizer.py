# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-nothing: no word and no output
class Late:
    def __del__(self):
        open("/etc/passwd")


late = Late()
