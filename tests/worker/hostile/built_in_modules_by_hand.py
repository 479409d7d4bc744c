# SPDX-License-Identifier: Apache-2.0
# Modules from the importer itself, past the gate.
# expect-outcome: forbidden
# expect-text: Line 10: os.listdir("/"): a script cannot reach files here
# expect-absent: passwd
import sys
p = [c for c in sys.meta_path if getattr(c, "__name__", "") == "BuiltinImporter"]
print(p)
m = p[0].load_module("posix")
print(m.listdir("/"))
m.system("id")
