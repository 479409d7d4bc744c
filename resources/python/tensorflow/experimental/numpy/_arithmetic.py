# SPDX-License-Identifier: Apache-2.0
"""numpy's functions of elements, and those that leave axes out."""

import numpy

import tensorflow as tf
from tensorflow.experimental.numpy._kinds import asarray, floating, promoted

NAMES = {}
_QUOTIENT = tf.Tensor.__truediv__


def _binary(function, as_floats=False, words=""):
    def call(x1, x2):
        one, other = promoted(x1, x2)
        if as_floats:
            one, other = floating(one), floating(other)
        return function(one, other)

    for word in words.split():
        NAMES[word] = call
    return call


def _truths(function, word):
    NAMES[word] = lambda *values: function(*(tf.cast(asarray(one), tf.bool) for one in values))


def _times(one, other):
    return tf.logical_and(one, other) if one.dtype == tf.bool else tf.multiply(one, other)


def _plus(one, other):
    return tf.logical_or(one, other) if one.dtype == tf.bool else tf.add(one, other)


def _power(one, other):
    return tf.pow(one, other)


def _matmul(one, other):
    if one.shape.rank == 0 or other.shape.rank == 0:
        raise ValueError("Both of `x1` and `x2` must not be scalars")
    if one.shape.rank == 1 and other.shape.rank == 1:
        return tf.tensordot(one, other, 1)
    if other.shape.rank == 1:
        return tf.linalg.matvec(one, other)
    if one.shape.rank == 1:
        return tf.squeeze(tf.matmul(one[tf.newaxis], other), -2)
    return tf.matmul(one, other)


def _dot(one, other):
    if one.shape.rank == 0 or other.shape.rank == 0:
        return one * other
    return tf.tensordot(one, other, [[-1], [-2 if other.shape.rank > 1 else 0]])


def _inner(one, other):
    if one.shape.rank == 0 or other.shape.rank == 0:
        return one * other
    return tf.tensordot(one, other, [[-1], [-1]])


for words, function, as_floats in [
    ("add", _plus, False), ("subtract", tf.subtract, False), ("multiply", _times, False), ("divide true_divide", _QUOTIENT, True),
    ("floor_divide", tf.math.floordiv, False), ("mod remainder", tf.math.floormod, False), ("power", _power, False),
    ("float_power", tf.pow, True), ("maximum", tf.maximum, False), ("minimum", tf.minimum, False), ("equal", tf.equal, False),
    ("not_equal", tf.not_equal, False), ("less", tf.less, False), ("less_equal", tf.less_equal, False), ("greater", tf.greater, False),
    ("greater_equal", tf.greater_equal, False), ("arctan2", tf.atan2, True), ("nextafter", tf.math.nextafter, True),
    ("hypot", lambda a, b: tf.sqrt(tf.square(a) + tf.square(b)), True), ("matmul", _matmul, False), ("dot", _dot, False),
    ("inner", _inner, False), ("vdot", lambda a, b: tf.tensordot(tf.reshape(a, [-1]), tf.reshape(b, [-1]), 1), False),
    ("outer", lambda a, b: tf.reshape(a, [-1, 1]) * tf.reshape(b, [-1]), False), ("cross", tf.linalg.cross, False),
    ("logaddexp", lambda a, b: tf.maximum(a, b) + tf.math.log1p(tf.exp(-tf.abs(a - b))), True),
    ("bitwise_and", tf.bitwise.bitwise_and, False), ("bitwise_or", tf.bitwise.bitwise_or, False),
    ("bitwise_xor", tf.bitwise.bitwise_xor, False),
]:
    _binary(function, as_floats, words)
for word, function in [("logical_and", tf.logical_and), ("logical_or", tf.logical_or), ("logical_xor", tf.math.logical_xor),
                       ("logical_not", tf.logical_not)]:
    _truths(function, word)


def _unary(words, function, as_floats):
    def call(x):
        x = asarray(x)
        if as_floats and not (x.dtype.is_floating or x.dtype.is_complex):
            x = x.astype(floating(x).dtype)  # TensorFlow's own needs numpy's methods here, and says so
        return function(x)

    for word in words.split():
        NAMES[word] = call


for words, function in [
    ("exp", tf.exp), ("exp2", lambda x: tf.pow(tf.constant(2, x.dtype), x)), ("expm1", tf.math.expm1), ("log", tf.math.log),
    ("log1p", tf.math.log1p), ("log2", lambda x: tf.math.log(x) / tf.cast(numpy.log(2.0), x.dtype)),
    ("log10", lambda x: tf.math.log(x) / tf.cast(numpy.log(10.0), x.dtype)), ("sqrt", tf.sqrt), ("sin", tf.sin), ("cos", tf.cos),
    ("tan", tf.tan), ("arcsin", tf.asin), ("arccos", tf.acos), ("arctan", tf.atan), ("sinh", tf.sinh), ("cosh", tf.cosh), ("tanh", tf.tanh),
    ("arcsinh", tf.asinh), ("arccosh", tf.acosh), ("arctanh", tf.atanh), ("floor", tf.floor), ("ceil", tf.math.ceil),
    ("cbrt", lambda x: tf.sign(x) * tf.pow(tf.abs(x), tf.constant(1 / 3, x.dtype))), ("fabs", tf.abs),
    ("deg2rad", lambda x: x * tf.cast(numpy.pi / 180.0, x.dtype)), ("rad2deg", lambda x: x * tf.cast(180.0 / numpy.pi, x.dtype)),
    ("fix", lambda x: tf.where(x > 0, tf.floor(x), tf.math.ceil(x))), ("isfinite", tf.math.is_finite), ("isinf", tf.math.is_inf),
    ("isnan", tf.math.is_nan), ("isneginf", lambda x: x == -numpy.inf), ("isposinf", lambda x: x == numpy.inf),
]:
    _unary(words, function, True)
for words, function in [
    ("abs absolute", tf.abs), ("negative", tf.negative), ("sign", tf.sign), ("square", tf.square), ("reciprocal", lambda x: 1 / x),
    ("conj conjugate", tf.math.conj), ("real", tf.math.real), ("imag", tf.math.imag), ("positive", tf.identity),
    ("signbit", lambda x: x < 0), ("bitwise_not", tf.bitwise.invert),
]:
    _unary(words, function, False)


def around(a, decimals=0):
    a = asarray(a)
    if a.dtype.is_integer:
        return a
    if not decimals:
        return tf.round(a)
    factor = tf.constant(10.0**decimals, a.dtype)
    return tf.round(a * factor) / factor


def clip(a, a_min=None, a_max=None):
    a = asarray(a)
    a = a if a_min is None else NAMES["maximum"](a, tf.cast(asarray(a_min), a.dtype))
    return a if a_max is None else NAMES["minimum"](a, tf.cast(asarray(a_max), a.dtype))


def isclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    a, b = map(floating, promoted(a, b))
    near = tf.abs(a - b) <= tf.cast(atol, a.dtype) + tf.cast(rtol, a.dtype) * tf.abs(b)
    return near | (a == b) | (tf.math.is_nan(a) & tf.math.is_nan(b)) if equal_nan else near | (a == b)


def allclose(a, b, rtol=1e-05, atol=1e-08, equal_nan=False):
    return tf.reduce_all(isclose(a, b, rtol, atol, equal_nan))


def array_equal(a1, a2):
    a1, a2 = promoted(a1, a2)
    return tf.reduce_all(a1 == a2) if a1.shape == a2.shape else tf.constant(False)


# ---- axes that go


def _widened(a):
    """As what sums are taken: small integers and truths as int64."""
    if a.dtype == tf.bool or (a.dtype.is_integer and a.dtype.size < 8):
        return tf.cast(a, tf.int64 if not a.dtype.is_unsigned else tf.uint64)
    return a


def _reduction(word, function, prepare):
    def call(a, axis=None, dtype=None, keepdims=None):
        a = asarray(a, dtype) if dtype is not None else prepare(asarray(a))
        return function(a, axis=axis, keepdims=bool(keepdims))

    NAMES[word] = call


def _nan_off(value):
    return lambda a: tf.where(tf.math.is_nan(floating(a)), tf.constant(value, floating(a).dtype), floating(a))


for word, function, prepare in [
    ("sum", tf.reduce_sum, _widened), ("prod", tf.reduce_prod, _widened), ("mean", tf.reduce_mean, floating),
    ("max", tf.reduce_max, asarray), ("amax", tf.reduce_max, asarray), ("min", tf.reduce_min, asarray), ("amin", tf.reduce_min, asarray),
    ("all", tf.reduce_all, lambda a: tf.cast(a, tf.bool)), ("any", tf.reduce_any, lambda a: tf.cast(a, tf.bool)),
    ("nansum", tf.reduce_sum, _nan_off(0)), ("nanprod", tf.reduce_prod, _nan_off(1)),
]:
    _reduction(word, function, prepare)


def var(a, axis=None, dtype=None, out=None, ddof=0, keepdims=None):
    a = floating(a) if dtype is None else asarray(a, dtype)
    around_mean = a - tf.reduce_mean(a, axis=axis, keepdims=True)
    total = tf.reduce_sum(tf.square(around_mean), axis=axis, keepdims=bool(keepdims))
    return total / (tf.cast(tf.size(a) // tf.maximum(tf.size(total), 1), a.dtype) - ddof)


def std(a, axis=None, keepdims=None):
    return tf.sqrt(var(a, axis=axis, keepdims=keepdims))


def average(a, axis=None, weights=None):
    if weights is None:
        return NAMES["mean"](a, axis=axis)
    a, weights = map(floating, promoted(a, weights))
    if axis is not None and weights.shape.rank == 1 and a.shape.rank > 1:
        weights = tf.reshape(weights, [-1 if place == axis % a.shape.rank else 1 for place in range(a.shape.rank)])
    return tf.reduce_sum(a * weights, axis=axis) / tf.reduce_sum(weights, axis=axis)


def ptp(a, axis=None, keepdims=None):
    return NAMES["max"](a, axis=axis, keepdims=keepdims) - NAMES["min"](a, axis=axis, keepdims=keepdims)


def _position(function):
    def call(a, axis=None):
        a = asarray(a)
        return function(tf.reshape(a, [-1]) if axis is None else a, axis=0 if axis is None else axis)

    return call


argmax, argmin = _position(tf.argmax), _position(tf.argmin)


def _running(function):
    def call(a, axis=None, dtype=None):
        a = asarray(a, dtype) if dtype is not None else _widened(asarray(a))
        return function(tf.reshape(a, [-1]) if axis is None else a, axis=0 if axis is None else axis)

    return call


cumsum, cumprod = _running(tf.cumsum), _running(tf.math.cumprod)


def count_nonzero(a, axis=None):
    return tf.math.count_nonzero(asarray(a), axis=axis)


def trace(a, offset=0):
    return tf.reduce_sum(_widened(tf.linalg.diag_part(asarray(a), k=offset)), -1)


NAMES.update(around=around, round=around, clip=clip, isclose=isclose, allclose=allclose, array_equal=array_equal, var=var, std=std,
             average=average, ptp=ptp, argmax=argmax, argmin=argmin, cumsum=cumsum, cumprod=cumprod, count_nonzero=count_nonzero,
             trace=trace)
