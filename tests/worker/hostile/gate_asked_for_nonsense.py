# SPDX-License-Identifier: Apache-2.0
# The gate before imports and Python's own, asked for what is no module.
# expect-outcome: forbidden
# expect-text: Line 18: import socket: a script cannot reach the network here
# expect-printed: refused
# arguments: --preload importlib.machinery
import builtins
import importlib
refused = 0
for asked in ((), (1,), ("",), ("x" * 10**5,), ("\ud800",), ("a\0b",), ("os", {"__package__": 5}, {}, (), 1), (".", {}, {}, (), 1),
              ("os", {}, {}, (), -1), ("os", {}, {}, (), 2**70), ("os", {}, {}, (), object()), ("..",), ("tensorflow.nothing",)):
    for gate in (builtins.__import__, importlib.import_module, importlib.__import__):
        try:
            gate(*asked)
        except (TypeError, ValueError, ImportError, OverflowError, AttributeError, UnicodeEncodeError, KeyError):
            refused += 1
print("refused", refused)
import socket
