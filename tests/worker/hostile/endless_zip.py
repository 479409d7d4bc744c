# SPDX-License-Identifier: Apache-2.0
# expect-outcome: timeout|memory
# expect-text: limit
# needs: no-sanitizer
# arguments: --preload tensorflow,numpy --wall 6
import tensorflow as tf


class Pairs:
    def __iter__(self):
        while True:
            yield tf.constant(1.0), w


w = tf.Variable(1.0)
tf.keras.optimizers.SGD().apply_gradients(Pairs())
