# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
open("/proc/self/mem", "rb")
