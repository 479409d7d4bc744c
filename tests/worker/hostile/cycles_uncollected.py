# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: script needed more than its limit of 128 MB of memory
# needs: no-sanitizer
# arguments: --preload gc --cpu 30 --memory 128M
import gc

gc.disable()
while True:
    a = []
    a.append(a)
