# SPDX-License-Identifier: Apache-2.0
"""Many numbers to fewer, and running totals. Small integers are summed as int32 or uint32, as JAX does."""

import tensorflow as tf

from tensorflow.keras.ops._dtypes import floating, named, result_type, tensor, together

_SUMMED = {"bool": "int32", "int8": "int32", "int16": "int32", "uint8": "uint32", "uint16": "uint32"}


def _summable(x):
    x = tensor(x)
    return tf.cast(x, _SUMMED[x.dtype.name]) if x.dtype.name in _SUMMED else x


def sum(x, axis=None, keepdims=False):
    return tf.reduce_sum(_summable(x), axis=axis, keepdims=keepdims)


def prod(x, axis=None, keepdims=False, dtype=None):
    x = _summable(x) if dtype is None else tensor(x)
    return tf.reduce_prod(x, axis=axis, keepdims=keepdims)


def mean(x, axis=None, keepdims=False):
    x = tensor(x)
    result = result_type(x.dtype, float)
    return tf.cast(tf.reduce_mean(tf.cast(x, result_type(x.dtype, "float32")), axis=axis, keepdims=keepdims), result)


def var(x, axis=None, keepdims=False):
    x = tensor(x)
    result = result_type(x.dtype, float)
    return tf.cast(tf.math.reduce_variance(tf.cast(x, result_type(x.dtype, "float32")), axis=axis, keepdims=keepdims), result)


def std(x, axis=None, keepdims=False):
    return tf.math.reduce_std(floating(x), axis=axis, keepdims=keepdims)


def _extreme(reduce, either, pair):
    def apply(x, axis=None, keepdims=False, initial=None):
        x = tensor(x)
        if x.dtype == tf.bool:
            return either(x, axis=axis, keepdims=keepdims)
        result = reduce(x, axis=axis, keepdims=keepdims)
        return result if initial is None else pair(result, tf.cast(initial, result.dtype))
    return apply


max = amax = _extreme(tf.reduce_max, tf.reduce_any, tf.maximum)
min = amin = _extreme(tf.reduce_min, tf.reduce_all, tf.minimum)


def any(x, axis=None, keepdims=False):
    return tf.reduce_any(tf.cast(tensor(x), "bool"), axis=axis, keepdims=keepdims)


def all(x, axis=None, keepdims=False):
    return tf.reduce_all(tf.cast(tensor(x), "bool"), axis=axis, keepdims=keepdims)


def _place(function):
    def apply(x, axis=None, keepdims=False):
        x = tensor(x)
        result = function(tf.reshape(x, [-1]) if axis is None else x, axis=0 if axis is None else axis, output_type="int32")
        if not keepdims:
            return result
        return tf.reshape(result, [1] * x.ndim) if axis is None else tf.expand_dims(result, axis)
    return apply


argmax, argmin = _place(tf.argmax), _place(tf.argmin)


def average(x, axis=None, weights=None):
    if weights is None:
        return tf.reduce_mean(floating(x), axis=axis)
    x, weights = together(x, weights, also=(float,))
    if axis is not None and weights.ndim != x.ndim:
        places = [1] * x.ndim
        places[axis] = -1
        weights = tf.reshape(weights, places)
    weights = tf.broadcast_to(weights, tf.shape(x))
    return tf.reduce_sum(x * weights, axis=axis) / tf.reduce_sum(weights, axis=axis)


def count_nonzero(x, axis=None):
    return tf.math.count_nonzero(tensor(x), axis=axis, dtype="int32")


def logsumexp(x, axis=None, keepdims=False):
    return tf.reduce_logsumexp(tensor(x), axis=axis, keepdims=keepdims)


def norm(x, ord=None, axis=None, keepdims=False):
    return tf.norm(floating(x), ord="euclidean" if ord is None else ord, axis=axis, keepdims=keepdims)


def _running(function):
    def apply(x, axis=None, dtype=None):
        x = tensor(x, None if dtype is None else named(dtype))
        x = tf.cast(x, "int32") if x.dtype == tf.bool else x
        return function(tf.reshape(x, [-1]) if axis is None else x, axis=0 if axis is None else axis)
    return apply


NAMES = {"cumsum": _running(tf.math.cumsum), "cumprod": _running(tf.math.cumprod), "amax": amax, "amin": amin,
         "argmax": argmax, "argmin": argmin, "max": max, "min": min}
NAMES |= {function.__name__: function for function in (
    all, any, average, count_nonzero, logsumexp, mean, norm, prod, std, sum, var)}
