# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: division by zero
# expect-absent: root:
exec(compile("\n\n1 / 0", "/etc/passwd", "exec"))
