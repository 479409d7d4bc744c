# SPDX-License-Identifier: Apache-2.0
# An exception whose class raises whatever it is asked.
# expect-outcome: error
# expect-text: ZeroDivisionError: division by zero
class M(type):
    def __instancecheck__(c, o): 1 / 0
    def __subclasscheck__(c, o): 1 / 0
    @property
    def __name__(c): 1 / 0
    def __getattribute__(c, n): 1 / 0
class E(Exception, metaclass=M): pass
raise E("x")
