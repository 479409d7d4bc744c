# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: ExceptionGroup: x (1 sub-exception)
error = ValueError(1)
for i in range(10000):
    error = ExceptionGroup("x", [error])
raise error
