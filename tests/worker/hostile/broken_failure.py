# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: Line 6: ValueError: x
import tapescope.failure
tapescope.failure.describe = lambda e: ("A", "B", "C", 10**30)
raise ValueError("x")
