# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: AAAA
raise type("A" * 10**7, (Exception,), {})("x")
