# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 7: open("/etc/passwd"): a script cannot reach files here that it was not given
import sys

posix = sys.modules["posix"]
posix.open("/etc/passwd", posix.O_RDONLY)
