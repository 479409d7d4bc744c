# expect-outcome: error|memory
eval("(" * 100000 + ")" * 100000)
