# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: PermissionError PermissionError
import os

said = []
for path in ("/etc/passwd", "/etc/that/is/not/there"):
    try:
        os.stat(path)
    except OSError as error:
        said.append(type(error).__name__)
print(*said)
