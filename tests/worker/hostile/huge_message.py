# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: ValueError
raise ValueError("x" * (50 * 10**6))
