# SPDX-License-Identifier: Apache-2.0
# expect-outcome: finished
# expect-printed: tf.Tensor(1
# arguments: --preload tensorflow,numpy
import sys

sys.meta_path.clear()
sys.path_hooks.clear()
sys.path.clear()
import tensorflow as tf

print(tf.constant(1))
