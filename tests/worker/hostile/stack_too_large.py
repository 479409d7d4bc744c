# SPDX-License-Identifier: Apache-2.0
# expect-outcome: memory
# expect-text: limit of
def one(value):
    return value


exec(one.__code__.replace(co_stacksize=2**30))
