# SPDX-License-Identifier: Apache-2.0
# expect-outcome: output
# arguments: --cpu 10
import warnings

warnings.simplefilter("always")
while True:
    warnings.warn("again")
