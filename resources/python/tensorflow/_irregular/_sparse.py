# SPDX-License-Identifier: Apache-2.0
"""tf.SparseTensor and tf.sparse: values and where they stand."""

import _tapescope

from tensorflow._values import _dtypes, _shapes

HOME = "tensorflow.python.framework.sparse_tensor"


class SparseTensor:
    __module__ = HOME
    __array_priority__ = 101

    def __init__(self, indices, values, dense_shape):
        self._indices = _tapescope.tensor(indices, "int64")
        self._values = _tapescope.tensor(values)
        self._dense_shape = _tapescope.tensor(dense_shape, "int64")
        places = self._indices.shape.with_rank(2)
        count = _shapes.Dimension(places[0])
        count.merge_with(self._values.shape.with_rank(1)[0])
        _shapes.Dimension(places[1]).merge_with(self._dense_shape.shape.with_rank(1)[0])

    @classmethod
    def from_value(cls, value):
        return value if isinstance(value, cls) else cls(value.indices, value.values, value.dense_shape)

    indices = property(lambda self: self._indices)
    values = property(lambda self: self._values)
    dense_shape = property(lambda self: self._dense_shape)
    dtype = property(lambda self: self._values.dtype)

    @property
    def shape(self):
        return _shapes.TensorShape(self._dense_shape.numpy().tolist())

    def get_shape(self):
        return self.shape

    def _components(self):
        return [self._indices, self._values, self._dense_shape]

    def with_values(self, new_values):
        return SparseTensor(self._indices, new_values, self._dense_shape)

    def _scaled(self, other, operator):
        """By a number, or by the elements of a dense tensor where this one has some."""
        import tensorflow

        other = _tapescope.tensor(other, self.dtype) if not _tapescope.is_tensor(other) else other
        if other.shape.rank:
            other = tensorflow.gather_nd(tensorflow.broadcast_to(other, self.shape), self._indices)
        return self.with_values(operator(self._values, other))

    def __mul__(self, other):
        return self._scaled(other, lambda a, b: a * b)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self._scaled(other, lambda a, b: a / b)

    def __repr__(self):
        return "SparseTensor(indices=%s, values=%s, dense_shape=%s)" % (self._indices, self._values, self._dense_shape)


def _places(sparse):
    return sparse.indices.numpy().tolist()


def _indices(places, rank):
    if places:
        return _tapescope.constant(places, "int64")
    return _tapescope.run("Reshape", _tapescope.constant([], "int64"), shape=[0, rank])


def required(sp_input):
    if not isinstance(sp_input, SparseTensor):
        raise TypeError("Input must be a SparseTensor.")
    return sp_input


def to_dense(sp_input, default_value=None, validate_indices=True, name=None):
    required(sp_input)
    dtype = sp_input.dtype
    if default_value is None:
        default_value = "" if dtype == "string" else False if dtype.is_bool else 0
    default = _tapescope.tensor(default_value, dtype)
    return _tapescope.run(
        "SparseToDense", sp_input.indices, sp_input.values, default, shape=sp_input.shape,
        validate_indices=validate_indices
    )


def from_dense(tensor, name=None):
    import tensorflow

    tensor = _tapescope.tensor(tensor)
    places = tensorflow.where(tensor != tensorflow.zeros_like(tensor))
    return SparseTensor(places, tensorflow.gather_nd(tensor, places), _tapescope.constant(tensor.shape.as_list(), "int64"))


def reorder(sp_input, name=None):
    required(sp_input)
    return _chosen(sp_input, sorted(range(len(_places(sp_input))), key=_places(sp_input).__getitem__))


def retain(sp_input, to_retain):
    required(sp_input)
    marks = _tapescope.tensor(to_retain).numpy().tolist()
    return _chosen(sp_input, [i for i, mark in enumerate(marks) if mark])


def _chosen(sparse, order, places=None, shape=None):
    import tensorflow

    places = [_places(sparse)[i] for i in order] if places is None else places
    values = tensorflow.gather(sparse.values, _tapescope.constant(order, "int64")) if order else sparse.values[0:0]
    shape = sparse.dense_shape if shape is None else _tapescope.constant(shape, "int64")
    return SparseTensor(_indices(places, shape.shape[0]), values, shape)


def transpose(sp_input, perm=None, name=None):
    rank = sp_input.shape.rank
    perm = list(range(rank))[::-1] if perm is None else [int(axis) for axis in perm]
    places = [[place[axis] for axis in perm] for place in _places(sp_input)]
    order = sorted(range(len(places)), key=places.__getitem__)
    return _chosen(sp_input, order, [places[i] for i in order], [sp_input.shape[axis] for axis in perm])


def slice(sp_input, start, size, name=None):
    required(sp_input)
    begin = [int(one) for one in start]
    ends = [max(first, min(first + width, whole))
            for first, width, whole in map(tuple, _columns(start, size, sp_input.shape))]
    places = _places(sp_input)
    inside = [i for i, place in enumerate(places)
              if all(begin[axis] <= at < ends[axis] for axis, at in enumerate(place))]
    moved = [[at - begin[axis] for axis, at in enumerate(places[i])] for i in inside]
    return _chosen(sp_input, inside, moved, [end - first for end, first in map(tuple, _columns(ends, begin))])


def _columns(*lists):
    return [[int(one[i]) for one in lists] for i in range(len(lists[0]))]


def reshape(sp_input, shape, name=None):
    required(sp_input)
    sizes = [int(size) for size in shape]
    whole = sp_input.shape.as_list()
    total = sp_input.shape.num_elements()
    if -1 in sizes:
        known = 1
        for size in sizes:
            known *= size if size != -1 else 1
        sizes[sizes.index(-1)] = total // known
    places = []
    for place in _places(sp_input):
        flat = 0
        for axis, at in enumerate(place):
            flat = flat * whole[axis] + at
        moved = []
        for size in reversed(sizes):
            moved.insert(0, flat % size)
            flat //= size
        places.append(moved)
    return _chosen(sp_input, list(range(len(places))), places, sizes)


def expand_dims(sp_input, axis=None, name=None):
    rank = sp_input.shape.rank
    axis = -1 if axis is None else axis
    axis = axis + rank + 1 if axis < 0 else axis
    places = [[*place[:axis], 0, *place[axis:]] for place in _places(sp_input)]
    shape = sp_input.shape.as_list()
    return _chosen(sp_input, list(range(len(places))), places, [*shape[:axis], 1, *shape[axis:]])


def add(a, b, threshold=0):
    if not (isinstance(a, SparseTensor) and isinstance(b, SparseTensor)):
        return (to_dense(a) if isinstance(a, SparseTensor) else a) + (to_dense(b) if isinstance(b, SparseTensor) else b)
    import tensorflow

    dense = to_dense(a) + to_dense(b)
    places = sorted({tuple(place) for place in _places(a) + _places(b)})
    indices = _indices([list(place) for place in places], a.shape.rank)
    return SparseTensor(indices, tensorflow.gather_nd(dense, indices), a.dense_shape)


def concat(axis, sp_inputs, expand_nonconcat_dims=False, name=None):
    import tensorflow

    offset, places = 0, []
    for sparse in sp_inputs:
        places += [[at + (offset if i == axis else 0) for i, at in enumerate(place)] for place in _places(sparse)]
        offset += sparse.shape[axis]
    shape = [offset if i == axis else size for i, size in enumerate(sp_inputs[0].shape)]
    whole = SparseTensor(_indices(places, len(shape)), tensorflow.concat([one.values for one in sp_inputs], 0), shape)
    return reorder(whole)


def reduce_sum(sp_input, axis=None, keepdims=None, output_is_sparse=False, name=None):
    import tensorflow

    return tensorflow.reduce_sum(to_dense(sp_input), axis=axis, keepdims=bool(keepdims))


def sparse_dense_matmul(sp_a, b, adjoint_a=False, adjoint_b=False, name=None):
    import tensorflow

    a = to_dense(sp_a) if isinstance(sp_a, SparseTensor) else sp_a
    b = to_dense(b) if isinstance(b, SparseTensor) else b
    return tensorflow.matmul(a, b, transpose_a=adjoint_a, transpose_b=adjoint_b)


def eye(num_rows, num_columns=None, dtype=_dtypes.float32, name=None):
    columns = num_rows if num_columns is None else num_columns
    count = min(num_rows, columns)
    ones = _tapescope.run("Fill", _tapescope.constant(1, dtype), shape=[count])
    return SparseTensor(_indices([[i, i] for i in range(count)], 2), ones, [num_rows, columns])


def to_indicator(sp_input, vocab_size, name=None):
    required(sp_input)
    """A truth value for each number below `vocab_size`: is it among the values of the row?"""
    values = sp_input.values.numpy().tolist()
    places = sorted([*place[:-1], value] for place, value in _zipped(_places(sp_input), values))
    shape = [*sp_input.shape.as_list()[:-1], vocab_size]
    marks = _tapescope.run("Fill", _tapescope.constant(True), shape=[len(places)])
    return to_dense(SparseTensor(_indices(places, len(shape)), marks, shape), False, validate_indices=False)


def _zipped(places, values):
    return [(places[i], values[i]) for i in range(len(values))]


def map_values(op, *args, **kwargs):
    sparse = [arg for arg in (*args, *kwargs.values()) if isinstance(arg, SparseTensor)]
    plain = [arg.values if isinstance(arg, SparseTensor) else arg for arg in args]
    named = {key: arg.values if isinstance(arg, SparseTensor) else arg for key, arg in kwargs.items()}
    return sparse[0].with_values(op(*plain, **named))


SPARSE = {
    function.__name__: function
    for function in (to_dense, from_dense, reorder, retain, transpose, slice, reshape, expand_dims, add, concat,
                     reduce_sum, sparse_dense_matmul, eye, to_indicator, map_values)
}
SPARSE["SparseTensor"] = SparseTensor


class SparseTensorSpec:
    __module__ = HOME

    def __init__(self, shape=None, dtype=_dtypes.float32):
        self._shape = _shapes.as_shape(shape)
        self._dtype = _dtypes.as_dtype(dtype)

    shape = property(lambda self: self._shape)
    dtype = property(lambda self: self._dtype)

    def __repr__(self):
        return f"SparseTensorSpec({self._shape!r}, {self._dtype!r})"
