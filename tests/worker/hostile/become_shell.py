# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: os.execv
import os
os.execv("/bin/sh", ["sh", "-c", "id"])
