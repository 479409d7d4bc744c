# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
import sys
for _ in range(1000): sys.stdin.read()
