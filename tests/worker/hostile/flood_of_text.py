# SPDX-License-Identifier: Apache-2.0
# expect-outcome: output
# expect-text: more than its limit of 1 MB
# expect-printed: harm
while True:
    print("harm" * 1000)
