# SPDX-License-Identifier: Apache-2.0
# Iterators in iterators, deeper than the stack of C.
# needs: no-sanitizer
# expect-outcome: killed
# expect-text: It was in line 8.
it = iter([1])
for _ in range(10**5): it = map(abs, it)
list(it)
