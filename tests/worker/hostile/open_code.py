# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: /etc/passwd
import io
print(io.open_code("/etc/passwd").read())
