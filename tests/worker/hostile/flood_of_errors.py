# SPDX-License-Identifier: Apache-2.0
# expect-outcome: output
# expect-text: TAPESCOPE_OUTPUT
import sys
while True: sys.stderr.write("x" * 10000)
