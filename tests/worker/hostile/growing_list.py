# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: Line 8: the script needed more than its limit of 512 MB of memory
# needs: no-sanitizer
# arguments: --cpu 60
rows = []
while True:
    rows.append(bytearray(10**6))
