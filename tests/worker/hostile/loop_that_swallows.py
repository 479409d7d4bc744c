# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
while True:
    try:
        while True:
            pass
    except BaseException:
        continue
