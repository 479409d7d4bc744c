# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
with open("left-behind", "w") as file:
    file.write("x")
