# SPDX-License-Identifier: Apache-2.0
# expect-outcome: output|timeout
import warnings

warnings.simplefilter("always")
while True:
    warnings.warn("again")
