# SPDX-License-Identifier: Apache-2.0
# A sequence whose first item is the sequence.
# expect-outcome: error
# expect-text: Line 10: InvalidArgumentError: Too many dimensions in tensor
# arguments: --preload tensorflow,numpy
import tensorflow as tf
class L:
    def __len__(self): return 2
    def __getitem__(self, i): return self
print(tf.constant(L()))
