# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 6: os.execv("/bin/sh"): a script cannot reach other processes here; leave this out
import os

os.execv("/bin/sh", ["sh", "-c", "echo harm"])
