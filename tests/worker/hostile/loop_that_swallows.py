# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: limit of 1 second of computing time, and was in line
while True:
    try:
        while True:
            pass
    except BaseException:
        continue
