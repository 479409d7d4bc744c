# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: cannot write files
import os
fd = os.open("/proc/self/mem", os.O_RDWR)
