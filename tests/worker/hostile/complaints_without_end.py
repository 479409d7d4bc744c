# SPDX-License-Identifier: Apache-2.0
# expect-outcome: output
# expect-text: printed more than its limit
import sys

while True:
    sys.stderr.write("e" * 10000)
