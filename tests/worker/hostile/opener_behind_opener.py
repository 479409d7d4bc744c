# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: /etc/passwd
import builtins
o = builtins.open.__closure__
for c in o:
    v = c.cell_contents
    print(v)
    if callable(v): print(v("/etc/passwd").read())
