# expect-outcome: forbidden
# expect-text: Line 3: open("/etc/passwd"): a script cannot reach files here
open("/etc/passwd").read()
