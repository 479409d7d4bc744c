# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# needs: no-sanitizer
# arguments: --cpu 60
rows = []
while True:
    rows.append(bytearray(10**6))
