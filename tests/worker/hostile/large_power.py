# expect-outcome: timeout|memory
x = 7 ** (10 ** 10)
