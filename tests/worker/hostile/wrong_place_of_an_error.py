# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: no (
# expect-absent: root:
raise SyntaxError("no", ("/etc/passwd", 10**9, -5, "x", None, object()))
