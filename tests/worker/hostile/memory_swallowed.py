# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: limit of 1 second of computing time, and was in line
# needs: no-sanitizer
kept = []
while True:
    try:
        kept.append(bytearray(10**7))
    except MemoryError:
        pass
