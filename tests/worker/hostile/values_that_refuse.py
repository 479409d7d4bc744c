# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: bound
# arguments: --preload tensorflow,numpy
import tensorflow as tf


class Odd:
    __hash__ = None

    def __repr__(self):
        raise SystemExit("from repr")

    def __eq__(self, other):
        raise ValueError("eq")

    def __len__(self):
        return -1

    def __getattr__(self, name):
        raise KeyboardInterrupt

    def __bool__(self):
        raise MemoryError


odd = Odd()
several = [odd, tf.Variable(1.0)]
named = {"x": odd}
print("bound")
