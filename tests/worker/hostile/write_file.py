# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
with open("/tmp/tapescope-was-here", "w") as file:
    file.write("x")
