# SPDX-License-Identifier: Apache-2.0
"""tf.experimental: numpy's names over tensors."""

from tensorflow.experimental import numpy
