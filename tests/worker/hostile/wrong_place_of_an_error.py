# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: no (
raise SyntaxError("no", ("/etc/passwd", 10**9, -5, "x", None, object()))
