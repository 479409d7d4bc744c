# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
import sys
try: sys.exit(1)
except SystemExit: pass
while True:
    try: open("/etc/passwd")
    except BaseException: pass
