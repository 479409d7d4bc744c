# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 4: open("/etc/passwd"): a script cannot reach files here
open("/etc/passwd").read()
