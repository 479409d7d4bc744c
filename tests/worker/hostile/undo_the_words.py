# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: script needed more than its limit of 128 MB of memory
# needs: no-sanitizer
# arguments: --cpu 60 --memory 128M
import builtins
import sys

sys.stdout = sys.stderr = sys.excepthook = None
builtins.__import__ = None
sys.modules.clear()
rows = []
while True:
    rows.append([])
