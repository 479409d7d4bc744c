# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
import sys

posix = sys.modules["posix"]
posix.open("/etc/passwd", posix.O_RDONLY)
