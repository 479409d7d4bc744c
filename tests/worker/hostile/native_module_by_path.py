# A library as a module.
# expect-outcome: error|forbidden
# expect-text: Line 6: ImportError: /usr/lib/x86_64-linux-gnu/libc.so.6: cannot open shared object file
import _imp, importlib.machinery
s = importlib.machinery.ModuleSpec("x", None, origin="/usr/lib/x86_64-linux-gnu/libc.so.6")
print(_imp.create_dynamic(s))
