# Iterators in iterators, deeper than the stack of C.
# needs: no-sanitizer
# expect-outcome: killed
# expect-text: It was in line 7.
it = iter([1])
for _ in range(10**5): it = map(abs, it)
list(it)
