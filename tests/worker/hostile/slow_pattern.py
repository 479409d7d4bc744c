# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# arguments: --preload re
import re

re.match(r"(a+)+$", "a" * 64 + "b")
