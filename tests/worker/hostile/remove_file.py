# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
import os

os.remove("left-behind")
