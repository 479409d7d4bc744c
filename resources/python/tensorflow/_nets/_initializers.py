# SPDX-License-Identifier: Apache-2.0
"""tf.zeros_initializer and its like: tensorflow/python/ops/init_ops_v2.py."""

from tensorflow._chance import _randomness, _stateless
from tensorflow._values import _dtypes


class Initializer:
    def get_config(self):
        return {name: getattr(self, name) for name in self._arguments}

    @classmethod
    def from_config(cls, config):
        config.pop("dtype", None)
        return cls(**config)

    _arguments = ()


def _number(dtype):
    dtype = _dtypes.as_dtype(dtype)
    if not (dtype.is_floating or dtype.is_integer or dtype.is_bool or dtype.is_complex) or dtype == "string":
        raise ValueError(f"Argument `dtype` expected to be numeric or boolean. Received {dtype}.")
    return dtype


class Zeros(Initializer):
    def __call__(self, shape, dtype=_dtypes.float32, **kwargs):
        from tensorflow import zeros

        return zeros(shape, _number(dtype))


class Ones(Initializer):
    def __call__(self, shape, dtype=_dtypes.float32, **kwargs):
        from tensorflow import ones

        return ones(shape, _number(dtype))


class Constant(Initializer):
    _arguments = ("value",)

    def __init__(self, value=0, support_partition=False):
        if not (isinstance(value, (int, float, complex, bool, str, bytes, list, tuple)) or hasattr(value, "tolist")):
            raise TypeError(
                f"Invalid type for initial value: {type(value).__name__}. Expected Python scalar, list or tuple of values, or "
                "numpy.ndarray."
            )
        self.value = value

    def __call__(self, shape, dtype=None, **kwargs):
        from tensorflow import constant

        return constant(self.value, dtype=None if dtype is None else _dtypes.as_dtype(dtype), shape=shape)


class _Random(Initializer):
    """With a seed the numbers are those of a stateless operation, the same each time."""

    def _drawn(self, name, shape, dtype, *numbers):
        if self.seed is None:
            return getattr(_randomness, name)(shape, *numbers, dtype=dtype)
        return getattr(_stateless, "stateless_" + name)(shape, [self.seed, 0], *numbers, dtype=dtype)


class RandomUniform(_Random):
    _arguments = ("minval", "maxval", "seed")

    def __init__(self, minval=-0.05, maxval=0.05, seed=None):
        self.minval, self.maxval, self.seed = minval, maxval, seed

    def __call__(self, shape, dtype=_dtypes.float32, **kwargs):
        return self._drawn("uniform", shape, _number(dtype), self.minval, self.maxval)


def _floating(dtype):
    dtype = _dtypes.as_dtype(dtype)
    if not dtype.is_floating:
        raise ValueError(f"Argument `dtype` is expected to be floating point. Received: {dtype}.")
    return dtype


class RandomNormal(_Random):
    _arguments = ("mean", "stddev", "seed")

    def __init__(self, mean=0.0, stddev=0.05, seed=None):
        self.mean, self.stddev, self.seed = mean, stddev, seed

    def __call__(self, shape, dtype=_dtypes.float32, **kwargs):
        return self._drawn("normal", shape, _floating(dtype), self.mean, self.stddev)


NAMES = {"zeros_initializer": Zeros, "ones_initializer": Ones, "constant_initializer": Constant,
         "random_normal_initializer": RandomNormal, "random_uniform_initializer": RandomUniform}
for _class in (Initializer, *NAMES.values()):
    _class.__module__ = "tensorflow.python.ops.init_ops_v2"
