# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: RecursionError
# arguments: --preload tensorflow,numpy
import tensorflow as tf


@tf.function
def f(x):
    return f(x)


f(1.0)
