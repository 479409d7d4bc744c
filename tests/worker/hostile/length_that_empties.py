# SPDX-License-Identifier: Apache-2.0
# An item that takes the others away while they are read.
# expect-outcome: error
# expect-text: Line 27: ValueError: Can't convert non-rectangular Python sequence to Tensor.
# arguments: --preload tensorflow,numpy
import tensorflow as tf

victims = [[1.0, 2.0]] * 1000


class Row:
    calls = 0

    def __len__(self):
        return 2

    def __getitem__(self, i):
        Row.calls += 1
        if Row.calls > 2:
            victims.clear()
        if i > 1:
            raise IndexError
        return 1.0


victims[0] = Row()
tf.constant(victims)
