# SPDX-License-Identifier: Apache-2.0
# expect-outcome: killed
import os

os.abort()
