# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: os.system
# arguments: --preload gc
import gc, sys
for o in gc.get_objects():
    if type(o).__name__ == "module" and o.__name__ in ("posix", "_posixsubprocess", "nt"):
        o.system("echo > left-behind")
