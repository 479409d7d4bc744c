# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: not an event
import os

os.write(1, b"not an event\n")
