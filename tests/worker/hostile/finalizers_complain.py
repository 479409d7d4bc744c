# SPDX-License-Identifier: Apache-2.0
# A million exceptions that nobody can catch.
# expect-outcome: output
# expect-text: The script printed more than its limit of 1 MB
import sys
class D:
    def __del__(self): raise ValueError("lost" * 1000)
for _ in range(10**6): D()
