# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory|timeout
# needs: no-sanitizer
kept = []
while True:
    try:
        kept.append(bytearray(10**7))
    except MemoryError:
        pass
