# SPDX-License-Identifier: Apache-2.0
# What Python announces before it does something, announced by the script with arguments that nothing has.
# expect-outcome: forbidden
# expect-text: Line 16: os.system("x"): a script cannot reach other processes here
# expect-printed: 18 refused
import sys
refused = 0
for event in ("open", "os.system", "socket.connect", "ctypes.dlopen", "import", "nothing"):
    for given in ((), (1,), ("x", "w", 0), (None,), (b"\xff", None, 2**70), ([],), ("\ud800",), ("x" * 10**6,)):
        try:
            sys.audit(event, *given)
        except PermissionError as error:
            refused += len(str(error)) < 2000
print(refused // 32 * 18, "refused")

sys.audit("os.system", "x")
