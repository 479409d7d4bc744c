# SPDX-License-Identifier: Apache-2.0
"""Which dtype numpy's names give: numpy's rules, with Python's numbers as wide as numpy takes them."""

import numbers

import numpy

import tensorflow as tf

_NARROW = {"float64": "float32", "complex128": "complex64"}
_FLOATS = ("bfloat16", "float16", "float32", "float64")


class Settings:
    prefer_float32 = False


def _preferred(name):
    return _NARROW.get(name, name) if Settings.prefer_float32 else name


def dtype_of(value):
    """Of any value, as numpy would make an array of it: a name."""
    if tf.is_tensor(value):
        return value.dtype.name
    if isinstance(value, (numpy.ndarray, numpy.generic)):
        return value.dtype.name
    if isinstance(value, (list, tuple)):
        return result_name(*map(dtype_of, _leaves(value))) if any(map(_known, _leaves(value))) else _plain(value)
    return _plain(value)


def _leaves(value):
    for one in value:
        if isinstance(one, (list, tuple)):
            yield from _leaves(one)
        else:
            yield one


def _known(value):
    return tf.is_tensor(value) or isinstance(value, (numpy.ndarray, numpy.generic))


def _plain(value):
    kind = numpy.array(value).dtype
    return "string" if kind.kind in "US" else _preferred(kind.name)


def _weak(value):
    """Python's numbers give way to what they meet."""
    return isinstance(value, numbers.Number) and not isinstance(value, (bool, numpy.generic))


def result_name(*kinds):
    named = [one for one in kinds if isinstance(one, str)]
    if "bfloat16" in named:
        rest = [one for one in kinds if one != "bfloat16"]
        kinds = [*rest, "float32"] if any(one in _FLOATS for one in rest) else ["float16"]
        return "bfloat16" if kinds == ["float16"] else result_name(*kinds)
    if "string" in named:
        return "string"
    found = numpy.result_type(*(numpy.dtype(one) if isinstance(one, str) else one for one in kinds)).name
    return _preferred(found) if any(not isinstance(one, str) for one in kinds) else found


def result_type(*values):
    return tf.as_dtype(result_name(*(_name(one) if not _weak(one) else one for one in values)))


def _name(value):
    if isinstance(value, (type, str, numpy.dtype, tf.DType)):
        return tf.as_dtype(value).name
    return dtype_of(value)


def asarray(value, dtype=None):
    wanted = None if dtype is None else tf.as_dtype(dtype)
    if not tf.is_tensor(value):
        kind = dtype_of(value)
        if isinstance(value, (list, tuple)) and any(map(_known, _leaves(value))):
            value = tf.stack([asarray(one, kind) for one in value])
        else:
            value = tf.constant(value, dtype=kind)
    elif isinstance(value, tf.Variable):
        value = tf.convert_to_tensor(value)
    return value if wanted is None or value.dtype == wanted else tf.cast(value, wanted)


def promoted(*values):
    wanted = result_type(*values)
    return [asarray(one, wanted) for one in values]


def floating(value):
    """As what functions to which integers are numbers take them."""
    value = asarray(value)
    if value.dtype.is_floating or value.dtype.is_complex:
        return value
    return tf.cast(value, tf.float64)
