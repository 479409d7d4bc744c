# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: os.fork(): a script cannot reach other processes here
import os

while True:
    os.fork()
