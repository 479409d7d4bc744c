# SPDX-License-Identifier: Apache-2.0
"""Tensors from numbers, and what a tensor says of itself."""

import numpy
import tensorflow as tf

from tensorflow.keras.ops import _dtypes
from tensorflow.keras._ops import floatx
from tensorflow.keras.ops._dtypes import named, result_type, tensor


def convert_to_tensor(x, dtype=None, sparse=None, ragged=None):
    return tensor(x, dtype)


def convert_to_numpy(x):
    return numpy.array(tensor(x))


def cast(x, dtype):
    return tf.cast(tensor(x), named(dtype))


def array(x, dtype=None):
    return tensor(x, dtype)


def zeros(shape, dtype=None):
    return tf.zeros(shape, named(dtype or floatx()))


def ones(shape, dtype=None):
    return tf.ones(shape, named(dtype or floatx()))


def full(shape, fill_value, dtype=None):
    return tf.broadcast_to(tensor(fill_value, dtype or floatx()), shape)


def zeros_like(x, dtype=None):
    return tf.zeros_like(tensor(x), dtype)


def ones_like(x, dtype=None):
    return tf.ones_like(tensor(x), dtype)


def full_like(x, fill_value, dtype=None):
    x = tensor(x)
    return tf.broadcast_to(tensor(fill_value, dtype or x.dtype), tf.shape(x))


def arange(start, stop=None, step=None, dtype=None):
    if dtype is None:
        dtype = result_type(*(_dtypes.of(part) for part in (start, stop, step) if part is not None))
    if stop is None:
        start, stop = 0, start
    return tf.range(start, stop, delta=1 if step is None else step, dtype=named(dtype))


def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    if num < 0:
        raise ValueError(f"`num` must be a non-negative integer. Received: num={num}")
    dtype = named(dtype or result_type(_dtypes.of(start), _dtypes.of(stop), float))
    start, stop = tensor(start, dtype), tensor(stop, dtype)
    parts = num - 1 if endpoint else num
    step = (stop - start) / tf.cast(parts, dtype) if parts > 0 else tensor(numpy.nan)
    last = stop if endpoint or num < 2 else stop - step
    result = tf.linspace(start, last, num, axis=axis)
    return (result, step) if retstep else result


def eye(N, M=None, k=0, dtype=None):
    if k == 0:
        return tf.eye(N, M, dtype=named(dtype or floatx()))
    return tensor(numpy.eye(N, M, k, dtype=named(dtype or floatx())))


def identity(n, dtype=None):
    return eye(n, dtype=dtype)


def shape(x):
    return tuple(tensor(x).shape)


def size(x):
    return tf.size(tensor(x))


def ndim(x):
    return tensor(x).ndim


def dtype(x):
    return named(x.dtype)


def copy(x):
    return tf.identity(tensor(x))


NAMES = {function.__name__: function for function in (
    arange, array, cast, convert_to_numpy, convert_to_tensor, copy, dtype, eye, full, full_like, identity, linspace, ndim, ones,
    ones_like, shape, size, zeros, zeros_like)}
NAMES |= {"is_tensor": tf.is_tensor, "stop_gradient": tf.stop_gradient, "custom_gradient": tf.custom_gradient}
