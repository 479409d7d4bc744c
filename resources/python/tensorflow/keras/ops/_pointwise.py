# SPDX-License-Identifier: Apache-2.0
"""Element by element. A row says which function of TensorFlow's it is, and what becomes of the operands before."""

import math

import tensorflow as tf

from tensorflow.keras._ops import floatx
from tensorflow.keras.ops._dtypes import floating, named, tensor, together


def _of_floats(function):
    return lambda x: function(floating(x))


def _of_any(function):
    return lambda x: function(tensor(x))


def _of_pairs(function, *also):
    return lambda x1, x2: function(*together(x1, x2, also=also))


def add(x1, x2):
    """What looks like a bias is added as one: keras/src/backend/tensorflow/numpy.py."""
    x1, x2 = together(x1, x2)
    wide = [size for size in x2.shape if size > 1]
    if len(wide) == 1 and x1.ndim > 1 and wide[0] in (x1.shape[1], x1.shape[-1]):
        bias = tf.squeeze(x2) if x2.ndim > 1 else x2
        return tf.nn.bias_add(x1, bias, data_format="NHWC" if x1.shape[-1] == wide[0] else "NCHW")
    return tf.add(x1, x2)


def _of_truths(function):
    return lambda x1, x2: function(tf.cast(tensor(x1), "bool"), tf.cast(tensor(x2), "bool"))


FLOATS = {
    "arccos": tf.acos, "arccosh": tf.acosh, "arcsin": tf.asin, "arcsinh": tf.asinh, "arctan": tf.atan, "arctanh": tf.atanh,
    "cos": tf.cos, "cosh": tf.cosh, "exp": tf.exp, "expm1": tf.math.expm1,
    "log": tf.math.log, "log1p": tf.math.log1p, "sin": tf.sin,
    "sinh": tf.sinh, "sqrt": tf.sqrt, "tan": tf.tan, "tanh": tf.tanh, "ceil": tf.math.ceil, "floor": tf.floor,
}
ANY = {"erf": tf.math.erf, "erfc": tf.math.erfc, "erfinv": tf.math.erfinv, "reciprocal": tf.math.reciprocal,
       "rsqrt": tf.math.rsqrt, "abs": tf.abs, "absolute": tf.abs, "conj": tf.math.conj, "conjugate": tf.math.conj, "negative": tf.negative,
       "sign": tf.sign, "square": tf.square, "imag": tf.math.imag, "real": tf.math.real, "angle": tf.math.angle,
       "isfinite": lambda x: tf.math.is_finite(floating(x)), "isinf": lambda x: tf.math.is_inf(floating(x)),
       "isnan": lambda x: tf.math.is_nan(floating(x)), "logical_not": lambda x: tf.logical_not(tf.cast(x, "bool"))}
PAIRS = {"multiply": tf.multiply, "maximum": tf.maximum, "minimum": tf.minimum, "subtract": tf.subtract, "power": tf.pow, "floor_divide": tf.math.floordiv, "mod": tf.math.mod,
         "equal": tf.equal, "not_equal": tf.not_equal, "greater": tf.greater, "greater_equal": tf.greater_equal,
         "less": tf.less, "less_equal": tf.less_equal}
FRACTIONS = {"divide": tf.divide, "true_divide": tf.divide, "divide_no_nan": tf.math.divide_no_nan, "arctan2": tf.atan2}
TRUTHS = {"logical_and": tf.logical_and, "logical_or": tf.logical_or, "logical_xor": tf.math.logical_xor}


def log2(x):
    return tf.math.log(floating(x)) / tf.cast(math.log(2), floating(x).dtype)


def log10(x):
    return tf.math.log(floating(x)) / tf.cast(math.log(10), floating(x).dtype)


def clip(x, x_min, x_max):
    x = tensor(x)
    return tf.clip_by_value(tf.cast(x, "int32") if x.dtype == tf.bool else x, x_min, x_max)


def where(condition, x1=None, x2=None):
    condition = tf.cast(condition, "bool")
    if (x1 is None) != (x2 is None):
        raise ValueError("`x1` and `x2` either both should be `None` or both should have non-None value.")
    if x1 is None:
        return [tf.cast(places, "int32") for places in tf.unstack(tf.where(condition), num=condition.ndim, axis=1)]
    return tf.where(condition, *together(x1, x2))


def round(x, decimals=0):
    x = tensor(x)
    if decimals == 0:
        return tf.round(x)
    if x.dtype.is_integer and decimals > 0:
        return x
    wide = tf.cast(x, floatx()) if x.dtype.is_integer else x
    factor = tf.cast(math.pow(10, decimals), wide.dtype)
    return tf.cast(tf.round(wide * factor) / factor, x.dtype)


def isclose(x1, x2, rtol=1e-5, atol=1e-8, equal_nan=False):
    x1, x2 = together(x1, x2, also=(float,))
    close = tf.abs(x1 - x2) <= tf.cast(atol, x1.dtype) + tf.cast(rtol, x1.dtype) * tf.abs(x2)
    close = (close & tf.math.is_finite(x1) & tf.math.is_finite(x2)) | (x1 == x2)
    return close | (tf.math.is_nan(x1) & tf.math.is_nan(x2)) if equal_nan else close


def saturate_cast(x, dtype):
    return tf.saturate_cast(tensor(x), named(dtype))


def logaddexp(x1, x2):
    x1, x2 = together(x1, x2, also=(float,))
    gap = x1 - x2
    return tf.where(tf.math.is_nan(gap), x1 + x2, tf.maximum(x1, x2) + tf.math.log1p(tf.exp(-tf.abs(gap))))


NAMES = {name: _of_floats(function) for name, function in FLOATS.items()}
NAMES |= {name: _of_any(function) for name, function in ANY.items()}
NAMES |= {name: _of_pairs(function) for name, function in PAIRS.items()}
NAMES |= {name: _of_pairs(function, float) for name, function in FRACTIONS.items()}
NAMES |= {name: _of_truths(function) for name, function in TRUTHS.items()}
NAMES |= {function.__name__: function for function in (
    add, clip, isclose, log10, log2, logaddexp, round, saturate_cast, where)}
