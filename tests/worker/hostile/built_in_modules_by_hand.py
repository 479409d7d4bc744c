# SPDX-License-Identifier: Apache-2.0
# Modules from the importer itself, past the gate: every way out of them is shut all the same.
# expect-outcome: forbidden
# expect-text: Line 21: os.system(b'id > left-behind'): a script cannot reach other processes here; leave this out
# expect-printed: ['PermissionError', 'PermissionError', 'PermissionError', 'PermissionError', 'PermissionError', 'PermissionError']
# expect-absent: root:
import sys
importer = [c for c in sys.meta_path if getattr(c, "__name__", "") == "BuiltinImporter"][0]
posix, signal, thread, io = (importer.load_module(name) for name in ("posix", "_signal", "_thread", "_io"))
told = []
for attempt in (lambda: posix.listdir("/"), lambda: posix.open("/etc/passwd", 0), lambda: signal.pthread_kill(thread.get_ident(), 9),
                lambda: thread.start_new_thread(print, ("harm",)), lambda: io.FileIO("/etc/passwd"),
                lambda: posix.posix_spawn("/bin/sh", ["sh"], {})):
    try:
        print(attempt())
    except PermissionError as error:
        told.append(type(error).__name__)
    except OSError as error:
        told.append(repr(error))
print(told)
posix.system("id > left-behind")
