# SPDX-License-Identifier: Apache-2.0
"""numpy's functions that make arrays and change their shapes."""

import numpy

import tensorflow as tf
from tensorflow.experimental.numpy._kinds import asarray, dtype_of, promoted, result_type

NAMES = {}


def _named(function):
    NAMES[function.__name__.strip("_")] = function
    return function


_FLOAT = tf.float64


def _sizes(shape):
    return [shape] if isinstance(shape, int) else shape


@_named
def array(val, dtype=None, copy=True, ndmin=0):
    result = asarray(val, dtype)
    missing = max(0, ndmin - result.shape.rank)
    return tf.reshape(result, [1] * missing + list(result.shape)) if missing else result


NAMES.update(asarray=asarray, asanyarray=asarray, ascontiguousarray=asarray)


@_named
def zeros(shape, dtype=None):
    return tf.zeros(_sizes(shape), dtype or _FLOAT)


@_named
def ones(shape, dtype=None):
    return tf.ones(_sizes(shape), dtype or _FLOAT)


NAMES["empty"] = zeros


@_named
def full(shape, fill_value, dtype=None):
    return tf.broadcast_to(asarray(fill_value, dtype), _sizes(shape))


@_named
def zeros_like(a, dtype=None):
    return tf.zeros_like(asarray(a), dtype)


@_named
def ones_like(a, dtype=None):
    return tf.ones_like(asarray(a), dtype)


NAMES["empty_like"] = zeros_like


@_named
def full_like(a, fill_value, dtype=None):
    a = asarray(a)
    return tf.broadcast_to(asarray(fill_value, dtype or a.dtype), a.shape)


@_named
def eye(N, M=None, k=0, dtype=None):
    columns = N if M is None else M
    return tf.constant(numpy.eye(N, columns, k), dtype or _FLOAT)


@_named
def identity(n, dtype=None):
    return eye(n, dtype=dtype)


@_named
def arange(start, stop=None, step=1, dtype=None):
    start, stop = (0, start) if stop is None else (start, stop)
    kind = tf.as_dtype(dtype) if dtype is not None else result_type(*(asarray(one) for one in (start, stop, step)))
    return tf.cast(tf.range(*(asarray(one, tf.float64 if kind.is_floating else tf.int64) for one in (start, stop, step))), kind)


@_named
def linspace(start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0):
    values, step = numpy.linspace(numpy.asarray(start), numpy.asarray(stop), num, endpoint, True, axis=axis)
    result = tf.constant(values, dtype or _FLOAT)
    return (result, tf.constant(step, result.dtype)) if retstep else result


def _of_numpy(word):
    function = getattr(numpy, word)

    def call(*args, **kwargs):
        kind = kwargs.pop("dtype", None)
        return tf.constant(function(*args, **kwargs), kind or _FLOAT)

    NAMES[word] = call


for _word in ("logspace", "geomspace", "tri"):
    _of_numpy(_word)


@_named
def diag(v, k=0):
    v = asarray(v)
    return tf.linalg.diag(v, k=k) if v.shape.rank == 1 else tf.linalg.diag_part(v, k=k)


@_named
def diagflat(v, k=0):
    return diag(tf.reshape(asarray(v), [-1]), k)


def _triangle(word, keep):
    def call(m, k=0):
        m = asarray(m)
        return tf.where(keep(numpy.ones(m.shape[-2:], bool), k), m, tf.zeros_like(m))

    NAMES[word] = call


_triangle("tril", numpy.tril)
_triangle("triu", numpy.triu)


# ---- shapes


@_named
def reshape(a, newshape, order="C"):
    return tf.reshape(asarray(a), _sizes(newshape))


@_named
def ravel(a):
    return tf.reshape(asarray(a), [-1])


NAMES["flatten"] = ravel


@_named
def transpose(a, axes=None):
    return tf.transpose(asarray(a), axes)


@_named
def swapaxes(a, axis1, axis2):
    a = asarray(a)
    order = list(range(a.shape.rank))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return tf.transpose(a, order)


@_named
def moveaxis(a, source, destination):
    a = asarray(a)
    indices = list(range(a.shape.rank))
    sources = [one % len(indices) for one in numpy.atleast_1d(source)]
    places = [one % len(indices) for one in numpy.atleast_1d(destination)]
    rest = [one for one in indices if one not in sources]
    for place, one in sorted(zip(places, sources)):
        rest.insert(place, one)
    return tf.transpose(a, rest)


@_named
def expand_dims(a, axis):
    return tf.expand_dims(asarray(a), axis)


@_named
def squeeze(a, axis=None):
    return tf.squeeze(asarray(a), axis)


@_named
def broadcast_to(array, shape):
    return tf.broadcast_to(asarray(array), _sizes(shape))


def _at_least(rank):
    def call(*arrays):
        made = []
        for one in map(asarray, arrays):
            while one.shape.rank < rank:
                one = tf.expand_dims(one, 0 if one.shape.rank != 2 else -1)
            made.append(one)
        return made[0] if len(made) == 1 else made

    NAMES[f"atleast_{rank}d"] = call


for _rank in (1, 2, 3):
    _at_least(_rank)


@_named
def concatenate(arys, axis=0):
    arys = promoted(*arys)
    return tf.concat([tf.reshape(one, [-1]) for one in arys] if axis is None else arys, 0 if axis is None else axis)


@_named
def append(arr, values, axis=None):
    return concatenate([arr, values], axis)


@_named
def stack(arrays, axis=0):
    return tf.stack(promoted(*arrays) if isinstance(arrays, (list, tuple)) else asarray(arrays), axis)


@_named
def vstack(tup):
    return concatenate([NAMES["atleast_2d"](one) for one in tup], 0)


@_named
def hstack(tup):
    made = [NAMES["atleast_1d"](one) for one in tup]
    return concatenate(made, 0 if made[0].shape.rank == 1 else 1)


@_named
def dstack(tup):
    return concatenate([NAMES["atleast_3d"](one) for one in tup], 2)


@_named
def split(ary, indices_or_sections, axis=0):
    ary = asarray(ary)
    if isinstance(indices_or_sections, int):
        return tf.split(ary, indices_or_sections, axis)
    cuts = [0, *indices_or_sections, ary.shape[axis]]
    return tf.split(ary, [b - a for a, b in zip(cuts, cuts[1:])], axis)


for _word, _axis in (("vsplit", 0), ("hsplit", 1), ("dsplit", 2)):
    NAMES[_word] = lambda ary, parts, axis=_axis: split(ary, parts, axis)


@_named
def tile(a, reps):
    a, reps = asarray(a), list(numpy.atleast_1d(reps))
    wide = max(a.shape.rank, len(reps))
    a = tf.reshape(a, [1] * (wide - a.shape.rank) + list(a.shape))
    return tf.tile(a, [1] * (wide - len(reps)) + [int(one) for one in reps])


@_named
def repeat(a, repeats, axis=None):
    return tf.repeat(asarray(a), repeats, axis)


@_named
def roll(a, shift, axis=None):
    a = asarray(a)
    return tf.roll(a, shift, axis) if axis is not None else tf.reshape(tf.roll(tf.reshape(a, [-1]), shift, 0), a.shape)


@_named
def flip(m, axis=None):
    m = asarray(m)
    return tf.reverse(m, list(range(m.shape.rank)) if axis is None else list(numpy.atleast_1d(axis)))


NAMES["flipud"] = lambda a: flip(a, 0)
NAMES["fliplr"] = lambda a: flip(a, 1)


@_named
def pad(array, pad_width, mode, constant_values=0):
    array = asarray(array)
    pairs = numpy.broadcast_to(pad_width, [array.shape.rank, 2]).tolist()
    return tf.pad(array, pairs, mode, constant_values)


@_named
def meshgrid(*xi, **kwargs):
    return tf.meshgrid(*map(asarray, xi), **kwargs)


# ---- elements


@_named
def where(condition, x=None, y=None):
    condition = tf.cast(asarray(condition), tf.bool)
    return nonzero(condition) if x is None and y is None else tf.where(condition, *promoted(x, y))


@_named
def nonzero(a):
    a = NAMES["atleast_1d"](a)
    return tf.unstack(tf.where(tf.cast(a, tf.bool)), a.shape.rank, 1)


@_named
def take(a, indices, axis=None):
    a = asarray(a)
    return tf.gather(tf.reshape(a, [-1]) if axis is None else a, asarray(indices), axis=0 if axis is None else axis)


@_named
def sort(a, axis=-1):
    a = asarray(a)
    return tf.sort(tf.reshape(a, [-1]) if axis is None else a, 0 if axis is None else axis)


@_named
def argsort(a, axis=-1, kind="quicksort"):
    a = asarray(a)
    return tf.cast(tf.argsort(tf.reshape(a, [-1]) if axis is None else a, 0 if axis is None else axis, stable=kind == "stable"), tf.int64)


@_named
def diff(a, n=1, axis=-1):
    a = asarray(a)
    for _ in range(n):
        size = a.shape[axis]
        a = tf.gather(a, list(range(1, size)), axis=axis) - tf.gather(a, list(range(size - 1)), axis=axis)
    return a


@_named
def tensordot(a, b, axes=2):
    return tf.tensordot(*promoted(a, b), axes=axes)


@_named
def einsum(subscripts, *operands):
    return tf.einsum(subscripts, *promoted(*operands))


@_named
def copy(a):
    return tf.identity(asarray(a))


@_named
def shape(a):
    return asarray(a).shape


@_named
def ndim(a):
    return asarray(a).shape.rank


@_named
def size(x, axis=None):
    sizes = list(asarray(x).shape)
    return numpy.prod(sizes, dtype=numpy.int64) if axis is None else sizes[axis]


@_named
def isscalar(num):
    return numpy.isscalar(num) or (tf.is_tensor(num) and num.shape.rank == 0)


@_named
def promote_types(type1, type2):
    return numpy.dtype(result_type(tf.as_dtype(type1), tf.as_dtype(type2)).as_numpy_dtype)


NAMES["result_type"] = result_type
NAMES["issubdtype"] = lambda arg1, arg2: numpy.issubdtype(tf.as_dtype(arg1).as_numpy_dtype, arg2)
for _word in ("finfo", "iinfo"):
    NAMES[_word] = lambda dtype, about=getattr(numpy, _word): about(tf.as_dtype(dtype).as_numpy_dtype)
NAMES["iscomplexobj"] = lambda x: dtype_of(x).startswith("complex")
NAMES["isrealobj"] = lambda x: not dtype_of(x).startswith("complex")
