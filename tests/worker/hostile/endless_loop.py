# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: was in line 5
while True:
    pass
