# SPDX-License-Identifier: Apache-2.0
"""The rarer functions of tf.sparse, and tf.sets: places and values are looked at one by one."""

import collections

import _tapescope

from tensorflow._arrays import _arguments
from tensorflow._arrays._arguments import kernel_error
from tensorflow._irregular import _sparse
from tensorflow._irregular._sparse import SparseTensor
from tensorflow._values._slices import IndexedSlices


def _tf():
    import tensorflow

    return tensorflow


def _both(name, kind):
    """Element by element of two sparse tensors, wherever one of them has a value."""

    def combined(sp_a, sp_b, name=None):
        tf = _tf()
        dense = getattr(tf, kind)(_sparse.to_dense(sp_a), _sparse.to_dense(sp_b))
        places = sorted({tuple(place) for one in (sp_a, sp_b) for place in _sparse._places(one)})
        indices = _sparse._indices([list(place) for place in places], sp_a.shape.rank)
        return SparseTensor(indices, tf.gather_nd(dense, indices), sp_a.dense_shape)

    combined.__name__ = name
    return combined


def _rows(sparse):
    """Numbers of the values of each row, in the order in which rows come."""
    rows = collections.OrderedDict()
    for at, place in enumerate(_sparse._places(sparse)):
        rows.setdefault(tuple(place[:-1]), []).append(at)
    return rows


def softmax(sp_input, name=None):
    tf, whole, order = _tf(), [], []
    for numbers in _rows(sp_input).values():
        whole.append(tf.nn.softmax(tf.gather(sp_input.values, numbers)))
        order += numbers
    return _sparse._chosen(sp_input, order).with_values(tf.concat(whole, 0)) if order else sp_input


def reduce_max(sp_input, axis=None, keepdims=None, output_is_sparse=False, name=None):
    tf = _tf()
    lowest = tf.constant(sp_input.dtype.min, sp_input.dtype)
    dense = _sparse.to_dense(sp_input, lowest, validate_indices=False)
    largest = tf.reduce_max(dense, axis=axis, keepdims=bool(keepdims))
    result = tf.where(largest == lowest, tf.zeros_like(largest), largest)
    return _sparse.from_dense(result) if output_is_sparse else result


def fill_empty_rows(sp_input, default_value, name=None):
    _sparse.required(sp_input)
    tf, places = _tf(), _sparse._places(sp_input)
    height = sp_input.shape[0]
    empty = [row not in {place[0] for place in places} for row in range(height)]
    rank = sp_input.shape.rank
    whole = [(place, at) for at, place in enumerate(places)] + [
        ([row] + [0] * (rank - 1), len(places)) for row in range(height) if empty[row]
    ]
    whole.sort(key=lambda pair: pair[0][0])
    values = tf.concat([sp_input.values, [tf.convert_to_tensor(default_value, sp_input.dtype)]], 0)
    filled = SparseTensor(
        _sparse._indices([place for place, _ in whole], rank), tf.gather(values, [at for _, at in whole]), sp_input.dense_shape
    )
    return filled, _tapescope.constant(empty)


def split(sp_input=None, num_split=None, axis=None, name=None):
    for given, what in ((sp_input, "sp_input"), (num_split, "num_split"), (axis, "axis")):
        if given is None:
            raise ValueError(f"{what} is required")
    _sparse.required(sp_input)
    size = sp_input.shape[axis]
    width, rest = divmod(size, num_split)
    parts, start = [], 0
    for part in range(num_split):
        sizes, begin = sp_input.shape.as_list(), [0] * sp_input.shape.rank
        sizes[axis], begin[axis] = width + (part < rest), start
        parts.append(_sparse.slice(sp_input, begin, sizes))
        start += sizes[axis]
    return parts


def mask(a, mask_indices, name=None):
    tf = _tf()
    unwanted = set(_arguments.numbers(mask_indices))
    indices = tf.convert_to_tensor(a.indices)
    kept = [at for at, row in enumerate(indices.numpy().tolist()) if row not in unwanted]
    return IndexedSlices(tf.gather(a.values, kept), tf.gather(indices, kept), a.dense_shape)


def reset_shape(sp_input, new_shape=None):
    _sparse.required(sp_input)
    if new_shape is None:
        places = _sparse._places(sp_input)
        new_shape = [max((place[axis] for place in places), default=-1) + 1 for axis in range(sp_input.shape.rank)]
    return SparseTensor(sp_input.indices, sp_input.values, new_shape)


def _segments(name, reduce):
    def of(data, indices, segment_ids, num_segments=None, sparse_gradient=False, name=None):
        tf = _tf()
        taken = tf.gather(tf.convert_to_tensor(data), indices)
        ids = tf.convert_to_tensor(segment_ids)
        if num_segments is None:
            return reduce(tf, taken, ids)
        count = num_segments - (int(ids[-1]) + 1 if ids.shape[0] else 0)
        result = reduce(tf, taken, ids)[:num_segments]
        return tf.pad(result, [[0, max(count, 0)]] + [[0, 0]] * (len(result.shape) - 1))

    of.__name__ = name
    return of


def _by_root(tf, values, ids):
    count = tf.math.segment_sum(tf.ones(values.shape[:1], values.dtype), ids)
    sums = tf.math.segment_sum(values, ids)
    share = tf.math.reciprocal_no_nan(tf.sqrt(count))  # the kernel multiplies by it
    return sums * tf.reshape(share, [-1] + [1] * (len(values.shape) - 1))


# ---- tf.sets


def _members(a):
    """The sets along the last axis, by their places."""
    if isinstance(a, SparseTensor):
        found = {}
        for place, value in zip(_sparse._places(a), a.values.numpy().tolist()):
            found.setdefault(tuple(place[:-1]), set()).add(value)
        return found, a.dtype, a.shape.as_list()
    a = _tapescope.tensor(a)
    shape = a.shape.as_list()
    if len(shape) < 2:
        sizes = ",".join(map(str, shape))
        raise kernel_error("DenseToDenseSetOperation", f"Shape [{sizes}] has rank {len(shape)} < 2")
    array = a.numpy().reshape(-1, shape[-1]).tolist()
    found = {}
    for at, row in enumerate(array):
        place = []
        for size in reversed(shape[:-1]):
            at, rest = divmod(at, size)
            place.insert(0, rest)
        found[tuple(place)] = set(row)
    return found, a.dtype, shape


_KINDS = ("int32", "uint8", "int16", "int8", "string", "int64", "uint16")
_SHOWN = ", ".join("tf." + kind for kind in _KINDS)


def _combined(name, operate):
    def of(a, b, validate_indices=True, **kwargs):
        if name == "difference" and not kwargs.get("aminusb", True):
            a, b = b, a
        (left, dtype, shape), (right, other, right_shape) = _members(a), _members(b)
        if dtype not in _KINDS:
            raise TypeError(f"'a' has invalid dtype `{dtype}` not in supported dtypes: `frozenset({{{_SHOWN}}})`.")
        if dtype != other:
            raise TypeError("Types don't match, %s vs %s." % (dtype, other))
        dense = _tapescope.is_tensor(a) and _tapescope.is_tensor(b)
        if dense and shape[:-1] != right_shape[:-1]:
            raise kernel_error("DenseToDenseSetOperation", "Mismatched shapes %s vs %s" % tuple(
                "[" + ",".join(map(str, one[:-1])) + "]" for one in (shape, right_shape)))
        sets = {place: sorted(operate(left.get(place, set()), right.get(place, set()))) for place in {*left, *right}}
        places = [[*place, at] for place in sorted(sets) for at in range(len(sets[place]))]
        values = [value for place in sorted(sets) for value in sets[place]]
        widest = max((len(members) for members in sets.values()), default=0)
        return SparseTensor(_sparse._indices(places, len(shape)), _tapescope.constant(values, dtype), [*shape[:-1], widest])

    of.__name__ = name
    return of


def size(a, validate_indices=True):
    found, _, shape = _members(a)
    numbers = _tf().zeros(shape[:-1], "int32")
    places = [list(place) for place in found]
    if not places:
        return numbers
    return _tf().tensor_scatter_nd_update(numbers, places, [len(members) for members in found.values()])


SPARSE = {
    **{function.__name__: function for function in (softmax, reduce_max, fill_empty_rows, split, mask, reset_shape)},
    "maximum": _both("maximum", "maximum"),
    "minimum": _both("minimum", "minimum"),
    "segment_sum": _segments("segment_sum", lambda tf, values, ids: tf.math.segment_sum(values, ids)),
    "segment_mean": _segments("segment_mean", lambda tf, values, ids: tf.math.segment_mean(values, ids)),
    "segment_sqrt_n": _segments("segment_sqrt_n", _by_root),
}
SETS = {
    "union": _combined("union", set.union), "intersection": _combined("intersection", set.intersection),
    "difference": _combined("difference", set.difference), "size": size,
}
