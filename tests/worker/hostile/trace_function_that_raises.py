# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: RuntimeError: trace
import sys


def trace(*given):
    raise RuntimeError("trace")


def called():
    pass


sys.settrace(trace)
called()
