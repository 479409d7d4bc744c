# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: os.symlink
import os
os.symlink("/etc/passwd", "left-behind")
