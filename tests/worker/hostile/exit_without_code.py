# SPDX-License-Identifier: Apache-2.0
# An exit that fails when it is asked for its status.
# expect-outcome: finished
# expect-nothing: Python leaves as well
e = SystemExit(3)
class S(SystemExit):
    @property
    def code(self): 1 / 0
raise S()
