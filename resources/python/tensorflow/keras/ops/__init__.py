# SPDX-License-Identifier: Apache-2.0
"""keras.ops: numpy's names over tensors, with Keras' own rules for dtypes. Loaded when a script first asks for it."""

from tensorflow.keras.ops import _building, _neural, _pointwise, _reducing, _shaping

for _part in (_building, _pointwise, _reducing, _shaping, _neural):
    globals().update(_part.NAMES)
