# SPDX-License-Identifier: Apache-2.0
"""What experimental_enable_numpy_behavior() changes in tensors: numpy's methods, numpy's indices, numpy's dtypes in operators."""

import numpy

import _tapescope

import tensorflow as tf
from tensorflow.experimental.numpy import _arithmetic, _shaping
from tensorflow.experimental.numpy._kinds import Settings, asarray

_OPERATORS = {"add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide", "floordiv": "floor_divide", "mod": "mod",
              "pow": "power", "matmul": "matmul", "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal",
              "eq": "equal", "ne": "not_equal"}
_TURNED = ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul")
_OWN = (bool, int, float, complex, list, tuple, numpy.ndarray, numpy.generic)


def _operator(kind, name, turned):
    plain = getattr(kind, f"__{'r' * turned}{name}__")
    function = _arithmetic.NAMES[_OPERATORS[name]]

    def call(self, other):
        if tf.is_tensor(other) and other.dtype == self.dtype and name not in ("truediv", "matmul"):
            return plain(self, other)
        if not tf.is_tensor(other) and not isinstance(other, _OWN):
            if isinstance(other, str):
                raise TypeError(f"data type {other!r} not understood")
            return plain(self, other)
        return function(other, self) if turned else function(self, other)

    setattr(kind, f"__{'r' * turned}{name}__", call)


def _is_array(index):
    return isinstance(index, (list, tuple, numpy.ndarray)) or (tf.is_tensor(index) and (index.shape.rank > 0 or index.dtype == tf.bool))


def _items(kind):
    plain = kind.__getitem__

    def call(self, index):
        parts = index if isinstance(index, tuple) else (index,)
        if not any(map(_is_array, parts)):
            return plain(self, index)
        parts = tuple(numpy.asarray(one) if _is_array(one) or tf.is_tensor(one) else one for one in parts)
        sizes = tuple(self.shape)
        places = numpy.arange(int(numpy.prod(sizes, dtype=int))).reshape(sizes)[parts]
        return tf.gather(tf.reshape(self, [-1]), places)

    kind.__getitem__ = call


def _methods(kind):
    kind.T = property(lambda self: tf.transpose(self))
    kind.size = property(lambda self: _shaping.NAMES["size"](self))
    kind.data = property(lambda self: self)
    kind.astype = lambda self, dtype: asarray(self, dtype)
    kind.ravel = kind.flatten = lambda self: tf.reshape(self, [-1])
    kind.reshape = lambda self, *sizes, **order: tf.reshape(self, sizes[0] if len(sizes) == 1 else sizes)
    kind.transpose = lambda self, *axes: tf.transpose(self, (axes[0] if len(axes) == 1 else axes) if axes else None)
    kind.clip = lambda self, a_min=None, a_max=None: _arithmetic.clip(self, a_min, a_max)
    kind.tolist = lambda self: self.numpy().tolist()
    kind.mean = lambda self, axis=None, dtype=None, keepdims=None: _arithmetic.NAMES["mean"](self, axis, dtype, keepdims)
    kind.max = lambda self, axis=None, keepdims=None: _arithmetic.NAMES["max"](self, axis, None, keepdims)
    kind.min = lambda self, axis=None, keepdims=None: _arithmetic.NAMES["min"](self, axis, None, keepdims)
    kind.__round__ = lambda self, decimals=0: _arithmetic.around(self, decimals)


class _State:
    on = False


def experimental_enable_numpy_behavior(prefer_float32=False, dtype_conversion_mode="legacy"):
    if dtype_conversion_mode != "legacy":
        raise NotImplementedError(
            f"experimental_enable_numpy_behavior(dtype_conversion_mode={dtype_conversion_mode!r}): only the mode 'legacy' is here"
        )
    Settings.prefer_float32 = prefer_float32
    if _State.on:
        return
    _State.on = True
    kind = tf.Tensor
    for name in _OPERATORS:
        for one in (kind, _tapescope.ResourceVariable):
            _operator(one, name, False)
            if name in _TURNED:
                _operator(one, name, True)
    _items(kind)
    _methods(kind)
