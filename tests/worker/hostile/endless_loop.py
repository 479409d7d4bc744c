# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: was in line 4
while True: pass
