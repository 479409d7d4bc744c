# SPDX-License-Identifier: Apache-2.0
# An exit whose words fail.
# expect-outcome: finished
# expect-nothing: Python leaves as well
class C:
    def __str__(self): raise ValueError("no")
    def __eq__(self, o): raise ValueError("no")
raise SystemExit(C())
