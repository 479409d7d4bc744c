# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: limit of 1 second of computing time, and was in line 7 (--timeout SECONDS raises the limit).
# arguments: --preload re
import re

re.match(r"(a+)+$", "a" * 64 + "b")
