# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed
# expect-printed: before
# needs: no-sanitizer
import os
print("before", flush=True)
os.abort()
