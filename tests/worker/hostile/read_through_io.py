# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
import io

io.FileIO("/etc/passwd").read()
