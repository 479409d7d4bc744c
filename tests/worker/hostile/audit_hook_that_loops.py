# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
import sys


def hook(*arguments):
    while True:
        pass


sys.addaudithook(hook)
import math
