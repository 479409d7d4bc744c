# SPDX-License-Identifier: Apache-2.0
# expect-outcome: forbidden
# expect-text: open("x"): a script cannot reach files here
# expect-printed: before
import sys


def hook(*arguments):
    raise SystemExit


sys.addaudithook(hook)
print("before")
open("x")
