# SPDX-License-Identifier: Apache-2.0
# expect-outcome: error
# expect-text: RecursionError
# arguments: --preload tensorflow,numpy
import tensorflow as tf

nest = {}
nest["a"] = nest
tf.nest.flatten(nest)
