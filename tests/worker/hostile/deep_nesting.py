# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error|memory
eval("(" * 100000 + ")" * 100000)
