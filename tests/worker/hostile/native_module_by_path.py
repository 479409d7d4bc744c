# SPDX-License-Identifier: Apache-2.0
# A library as a module.
# expect-outcome: error|forbidden
# expect-text: Line 8: ImportError: /usr/lib/x86_64-linux-gnu/libc.so.6: cannot open shared object file
# arguments: --preload importlib.machinery
import _imp, importlib.machinery
s = importlib.machinery.ModuleSpec("x", None, origin="/usr/lib/x86_64-linux-gnu/libc.so.6")
print(_imp.create_dynamic(s))
