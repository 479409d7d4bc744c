# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 6: open("/etc/passwd"): a script cannot reach files here that it was not given
import io

io.FileIO("/etc/passwd").read()
