# SPDX-License-Identifier: Apache-2.0
# The table of modules as an object of the script's own, which has everything and gives nothing.
# expect-outcome: error
# expect-text: Line 15: ZeroDivisionError: division by zero
# expect-printed: ImportError
import sys
class Modules(dict):
    def __getitem__(self, name): raise KeyError(name)
    def __contains__(self, name): return True
sys.modules = Modules(sys.modules)
try:
    import socket
except Exception as error:
    print(type(error).__name__)
1 / 0
