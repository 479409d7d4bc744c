# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout
# expect-text: --timeout
# arguments: --preload gc --wall 3
import gc


def called(phase, information):
    while True:
        pass


gc.callbacks.append(called)
gc.collect()
