# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: Line 4: open("/proc/self/mem"): a script cannot reach files here that it was not given
open("/proc/self/mem", "rb")
