# SPDX-License-Identifier: Apache-2.0
# Cuts, locks and rewinds every descriptor, then prints more than it may.
# expect-outcome: output
# expect-text: The script printed more than its limit of 1 MB
import os
for fd in range(0, 20):
    for f in (lambda: os.ftruncate(fd, 1 << 50), lambda: os.fsync(fd), lambda: os.lseek(fd, 0, 0), lambda: os.set_blocking(fd, False), lambda: os.set_inheritable(fd, True), lambda: os.fchmod(fd, 0o777), lambda: os.lockf(fd, 1, 1)):
        try: f()
        except Exception: pass
for i in range(100000): print("x" * 100)
print("end")
