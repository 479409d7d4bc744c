# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 4: open("left-behind"): a script cannot write files here; print what it should hold, or leave this out
with open("left-behind", "w") as file:
    file.write("x")
