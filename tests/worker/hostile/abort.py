# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed
# needs: no-sanitizer
import os
os.abort()
