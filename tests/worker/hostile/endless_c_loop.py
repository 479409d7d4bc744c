# expect-outcome: timeout
# expect-text: was in line 3
max(iter(int, 1))
