# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# needs: no-sanitizer
import os

os.close(1)
