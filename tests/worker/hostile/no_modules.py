# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: ValueError
import sys
sys.modules.clear()
print("x")
raise ValueError("x")
