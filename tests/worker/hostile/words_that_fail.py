# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: str() failed
class Odd(Exception):
    def __str__(self):
        raise Odd()


raise Odd("x")
