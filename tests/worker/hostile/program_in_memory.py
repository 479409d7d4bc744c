# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: cannot reach files, the network or other processes
import os

descriptor = os.memfd_create("x")
os.execv(f"/proc/self/fd/{descriptor}", ["x"])
