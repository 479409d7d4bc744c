# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 7: [Errno 13] Permission denied: a script cannot reach files, the network or other processes here
# needs: no-sanitizer
import os

os.close(1)
