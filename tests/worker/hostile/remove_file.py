# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 6: os.remove("left-behind"): a script cannot reach files here
import os

os.remove("left-behind")
