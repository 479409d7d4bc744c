# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: os.kill
import os
os.kill(os.getppid(), 9)
