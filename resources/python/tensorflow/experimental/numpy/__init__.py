# SPDX-License-Identifier: Apache-2.0
"""tf.experimental.numpy: numpy's names and rules over tensors, with their gradients."""

import numpy as _numpy

import tensorflow as _tf
from tensorflow.experimental.numpy import _arithmetic, _shaping, random
from tensorflow.experimental.numpy._behaviour import experimental_enable_numpy_behavior

globals().update(_arithmetic.NAMES)
globals().update(_shaping.NAMES)
ndarray = _tf.Tensor
pi, e, inf, newaxis = _numpy.pi, _numpy.e, _numpy.inf, None
for _name in "float16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 complex64 complex128 bool_ object_ inexact".split():
    globals()[_name] = getattr(_numpy, _name)
int_, float_, complex_, string_, unicode_ = _numpy.int64, _numpy.float64, _numpy.complex128, _numpy.bytes_, _numpy.str_

_HOME = "tensorflow._api.v2.experimental.numpy"


def __getattr__(name):
    if hasattr(_numpy, name) and not name.startswith("_"):
        raise AttributeError(f"module '{_HOME}' has no attribute '{name}', or this program does not have it yet")
    raise AttributeError(f"module '{_HOME}' has no attribute '{name}'")
