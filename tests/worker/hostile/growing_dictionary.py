# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: the script needed more than its limit of 128 MB of memory
# needs: no-sanitizer
# arguments: --cpu 60 --memory 128M
rows = {}
while True:
    rows[len(rows)] = object()
