# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: ExceptionGroup: g
def group(depth):
    return ExceptionGroup("g", [group(depth - 1) if depth else ValueError(1)] * 2)


raise group(12)
