# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 6: os.system(b'echo harm'): a script cannot reach other processes here; leave this out
import os

os.system("echo harm")
