# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
import warnings

warnings.simplefilter("always")
while True:
    warnings.warn("again")
