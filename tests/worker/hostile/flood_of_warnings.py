# SPDX-License-Identifier: Apache-2.0
# expect-outcome: output
# expect-text: The script printed more than its limit of 1 MB, in line 9
# arguments: --cpu 10
import warnings

warnings.simplefilter("always")
while True:
    warnings.warn("again")
