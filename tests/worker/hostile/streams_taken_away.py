# SPDX-License-Identifier: Apache-2.0
# Streams closed, thrown away and asked for what they are.
# expect-outcome: error
# expect-text: Line 18: RuntimeError: input(): lost sys.stdin
# expect-printed: 12 asked
import sys
asked = 0
out, bytes_out = sys.stdout, sys.stdout.buffer
for ask in (out.fileno, out.detach, lambda: out.seek(0), out.truncate, out.read, lambda: out.reconfigure(encoding="ascii"),
            lambda: out.write(None), lambda: bytes_out.write("x"), lambda: bytes_out.write(b"\xff\xfe"), lambda: out.writelines([5]),
            lambda: bytes_out.detach(), lambda: out.write("\ud800\0")):
    try: ask()
    except (OSError, TypeError, AttributeError, ValueError): pass
    asked += 1
out.write(f"{asked} asked\n")
for stream in (sys.stdout, sys.stderr, sys.stdin): stream.close()
del sys.stdout, sys.stderr, sys.stdin, sys.__stdout__, sys.__stderr__
input()
