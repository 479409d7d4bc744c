# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
# arguments: --wall 3
import weakref


class A:
    pass


def called(reference):
    while True:
        pass


a = A()
reference = weakref.ref(a, called)
del a
