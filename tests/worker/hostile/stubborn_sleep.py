# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
# arguments: --wall 2
import time

while True:
    try:
        time.sleep(3600)
    except BaseException:
        pass
