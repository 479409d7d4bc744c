# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: Line 4: the script needed more than its limit of 512 MB of memory
rows = [0] * (100 * 2**30 // 8)
