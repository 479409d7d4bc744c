# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: cannot reach files
import importlib.machinery

print(importlib.machinery.SourceFileLoader("x", "/etc/passwd").get_data("/etc/passwd"))
