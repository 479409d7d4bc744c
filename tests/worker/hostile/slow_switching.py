# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
# arguments: --wall 3
import sys

sys.setswitchinterval(1e9)
while True:
    pass
