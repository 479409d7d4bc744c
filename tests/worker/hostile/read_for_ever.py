# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-nothing: no word and no output
import sys
for _ in range(1000): sys.stdin.read()
