# SPDX-License-Identifier: Apache-2.0
"""Functions of tensors for ragged ones that are no element-wise ones: rows are chosen, repeated and cut as lists of places
of the flat values, which are gathered afterwards, so that gradients find their way back."""

import functools
import types

import _tapescope

from tensorflow._irregular import _ragged_functions
from tensorflow._irregular._ragged import RaggedTensor, is_ragged, joined, numbers, rows_in


def _tf():
    import tensorflow

    return tensorflow


def _places(ragged):
    """The rows, with the place of each element among the flat values instead of the element."""
    count = ragged.flat_values.shape[0]
    return ragged.with_flat_values(_tf().range(count)).to_list()


def _depth_of(ragged):
    return ragged.ragged_rank


def _rebuilt(rows, source, depth=None):
    depth = _depth_of(source) if depth is None else depth
    places = _ragged_functions.rows_of(rows, "int32", depth, source.row_splits.dtype)
    return places.with_flat_values(_tf().gather(source.flat_values, places.flat_values))


def _axis(axis, rank):
    return int(axis) + rank if int(axis) < 0 else int(axis)


# ---- rows chosen and repeated


def _repeated(rows, multiples):
    if not multiples:
        return rows
    inner = [_repeated(row, multiples[1:]) for row in rows] if multiples[1:] else rows
    return inner * multiples[0]


def tile(input, multiples, name=None):
    counts = numbers(_tapescope.tensor(multiples)) if not isinstance(multiples, list) else multiples
    return _rebuilt(_repeated(_places(input), [int(count) for count in counts]), input)


def gather(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None):
    if not is_ragged(params):
        result = _tf().gather(params, indices.flat_values)
        return indices.with_flat_values(result)
    wanted = indices.to_list() if is_ragged(indices) else numbers(_tapescope.tensor(indices))
    rows = _places(params)
    if batch_dims:
        taken = [_taken(row, at) for row, at in zip(rows, wanted)]
        dense = params.shape.rank == 2 and not is_ragged(indices)
        return _tf().gather(params.flat_values, taken) if dense else _rebuilt(taken, params)
    if axis is not None and _axis(axis, params.shape.rank) != 0:
        return _columns(params, rows, wanted)
    return _rebuilt(_taken(rows, wanted), params, _depth_of(params) + (_levels(wanted) - 1))


def _columns(params, rows, wanted):
    """The same places of every row, which every row must have: as dense as these are."""
    flat = isinstance(wanted, list) and not any(isinstance(at, list) for at in wanted)
    if not flat or params.shape.rank != 2 or any(not 0 <= at < len(row) for row in rows for at in wanted):
        raise NotImplementedError("of a ragged tensor only places that every row has are gathered along its second axis here")
    return _tf().gather(params.flat_values, [[row[at] for at in wanted] for row in rows])


def _levels(wanted):
    return 1 + _levels(wanted[0]) if isinstance(wanted, list) and wanted and isinstance(wanted[0], list) else 1


def _taken(rows, wanted):
    return [_taken(rows, at) if isinstance(at, list) else rows[at] for at in wanted]


def reverse(tensor, axis, name=None):
    rows = _places(tensor)
    for one in numbers(_tapescope.tensor(axis)) if not isinstance(axis, (list, tuple)) else axis:
        rows = _reversed(rows, _axis(one, tensor.shape.rank))
    return _rebuilt(rows, tensor)


def _reversed(rows, axis):
    return rows[::-1] if axis == 0 else [_reversed(row, axis - 1) for row in rows]


def split(value, num_or_size_splits, axis=0, num=None, name="split"):
    if _axis(axis, value.shape.rank) != 0:
        if value.shape.rank != 2:
            raise NotImplementedError("only the first axis of a ragged tensor of this rank is split here")
        lengths = tuple(len(row) for row in _places(value))
        raise ValueError(f"Cannot split a ragged dimension. Got `value` with shape <DynamicRaggedShape lengths=[{len(lengths)}, {lengths}] "
                         f"num_row_partitions=1> and `axis` {axis}.")
    rows = _places(value)
    count = len(rows)
    given = num_or_size_splits
    sizes = [count // given] * given if isinstance(given, int) else [int(size) for size in given]
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    return [_rebuilt(rows[start : start + size], value) for start, size in zip(starts, sizes)]


def dynamic_partition(data, partitions, num_partitions, name=None):
    rows, marks = _places(data), numbers(_tapescope.tensor(partitions))
    return [_rebuilt([row for row, mark in zip(rows, marks) if mark == part], data) for part in range(num_partitions)]


def stack_dynamic_partitions(data, partitions, num_partitions, name=None):
    data = data if is_ragged(data) else _tapescope.tensor(data)
    marks = numbers(_tapescope.tensor(partitions))
    order = [[place for place, mark in enumerate(marks) if mark == part] for part in range(num_partitions)]
    places = _ragged_functions.rows_of(order, "int32")
    return places.with_values(_tf().gather(data, places.values))


def row_splits_to_segment_ids(splits, name=None, out_type=None):
    ends = numbers(_tapescope.tensor(splits))
    ids = [row for row in range(len(ends) - 1) for _ in range(ends[row + 1] - ends[row])]
    return _tapescope.constant(ids, out_type or "int64")


def segment_ids_to_row_splits(segment_ids, num_segments=None, out_type=None, name=None):
    ids = numbers(_tapescope.tensor(segment_ids))
    count = (max(ids) + 1 if ids else 0) if num_segments is None else int(num_segments)
    return _tapescope.constant([sum(one < row for one in ids) for row in range(count + 1)], out_type or "int64")


# ---- axes of size 1


def expand_dims(input, axis, name=None):
    axis = int(axis)
    axis = axis + input.shape.rank + 1 if axis < 0 else axis
    if axis == 0:
        return RaggedTensor.from_uniform_row_length(input, input.nrows_int(), nrows=1)
    if axis == 1:
        return RaggedTensor.from_uniform_row_length(input, 1, nrows=input.nrows_int())
    inner = input.values
    deeper = expand_dims(inner, axis - 1) if is_ragged(inner) else None
    if deeper is None:
        deeper = RaggedTensor.from_uniform_row_length(inner, 1, nrows=rows_in(inner)) if axis == 2 and len(inner.shape) == 1 \
            else _tf().expand_dims(inner, axis - 1)
    return input.with_values(deeper)


def squeeze(input, axis=None, name=None):
    axes = [0] if axis is None else [axis] if isinstance(axis, int) else list(axis)
    if axes == [0] and input.nrows_int() == 1:
        return input.values
    raise NotImplementedError("only the first axis of a ragged tensor is squeezed here")


# ---- conditions and numbers


def _coordinates(rows, before=()):
    if not isinstance(rows, list):
        return [before] if rows else []
    return [place for at, row in enumerate(rows) for place in _coordinates(row, (*before, at))]


def where(condition, x=None, y=None, name=None):
    if x is None:
        places = _coordinates(condition.to_list())
        shape = [len(places), condition.shape.rank]
        return _tf().reshape(_tapescope.constant([at for place in places for at in place], "int64"), shape)
    if not is_ragged(condition):
        rows, others = x, y
        marks = numbers(_tapescope.tensor(condition))
        parts = [rows[at : at + 1] if mark else others[at : at + 1] for at, mark in enumerate(marks)]
        return joined(parts)
    return _ragged_functions.map_flat_values(_tf().where, condition, x, y)


def softmax(logits, axis=-1, name=None):
    tf = _tf()
    if _axis(axis, logits.shape.rank) != logits.shape.rank - 1:
        raise ValueError("The last axis is the one whose numbers make up a softmax.")
    rows = [row for row in logits]
    parts = [softmax(row) if is_ragged(row) else tf.nn.softmax(row) if row.shape[0] else row for row in rows]
    return logits.with_values(joined(parts)) if rows else logits


def reduce_variance(input_tensor, axis=None, keepdims=False, name=None):
    tf = _tf()
    mean = tf.reduce_mean(input_tensor, axis=axis, keepdims=keepdims)
    return tf.reduce_mean(input_tensor * input_tensor, axis=axis, keepdims=keepdims) - mean * mean


def reduce_std(input_tensor, axis=None, keepdims=False, name=None):
    return _tf().sqrt(reduce_variance(input_tensor, axis, keepdims))


def unsorted_segment_sum(data, segment_ids, num_segments, name=None):
    tf, rows, marks = _tf(), _places(data), numbers(_tapescope.tensor(segment_ids))
    sums = []
    for part in range(num_segments):
        mine = [row for row, mark in zip(rows, marks) if mark == part]
        widest = max((len(row) for row in mine), default=0)
        columns = [[row[at] for row in mine if at < len(row)] for at in range(widest)]
        sums.append([tf.reduce_sum(tf.gather(data.flat_values, column)) for column in columns])
    flat = [number for row in sums for number in row]
    return RaggedTensor.from_row_lengths(tf.stack(flat), [len(row) for row in sums])


# ---- maps and texts


def map_fn(fn, elems, *args, **kwargs):
    results = [fn(row) for row in elems]
    whole = joined([row if is_ragged(row) else _tf().convert_to_tensor(row) for row in results]) if len(
        getattr(results[0], "shape", ())) else _tf().stack(results)
    return RaggedTensor.from_row_lengths(whole, [rows_in(row) for row in results]) if len(results[0].shape) else whole


def join_texts(inputs, separator="", name=None):
    first = next(one for one in inputs if is_ragged(one))
    flat = [one.flat_values if is_ragged(one) else one for one in inputs]
    return first.with_flat_values(_tf().strings.join(flat, separator))


def reduce_join(inputs, axis=None, keepdims=False, separator="", name=None):
    if axis is None:
        return _tf().strings.reduce_join(inputs.flat_values, separator=separator)
    if _axis(axis, inputs.shape.rank) != 1:
        raise NotImplementedError("only the second axis of a ragged tensor of texts is joined here")
    return _tf().stack([_tf().strings.reduce_join(row, separator=separator) for row in inputs])


def _each(name):
    """Of the flat values."""

    def function(*args, **kwargs):
        whole = _tf()
        for part in name.split("."):
            whole = getattr(whole, part)
        return _ragged_functions.map_flat_values(whole, *args, **kwargs)

    return function


#: By the public names of the functions whose arguments may be ragged.
ANSWERS = {
    "tile": tile, "gather": gather, "reverse": reverse, "split": split, "dynamic_partition": dynamic_partition,
    "expand_dims": expand_dims, "squeeze": squeeze, "where": where, "nn.softmax": softmax,
    "math.reduce_variance": reduce_variance, "math.reduce_std": reduce_std, "map_fn": map_fn,
    "math.unsorted_segment_sum": unsorted_segment_sum, "strings.join": join_texts, "strings.reduce_join": reduce_join,
    **{name: _each(name) for name in ("clip_by_value", "one_hot", "nn.dropout", "strings.substr", "math.square")},
}

RAGGED = {function.__name__: function
          for function in (stack_dynamic_partitions, row_splits_to_segment_ids, segment_ids_to_row_splits)}


_LOOKED_AT = 16  # lists of tensors are short, and lists of numbers may be long


def _any_ragged(values):
    for value in values:
        if is_ragged(value) or isinstance(value, (list, tuple)) and any(is_ragged(one) for one in value[:_LOOKED_AT]):
            return True
    return False


def answering(function, answer):
    """The function, which asks `answer` where something is ragged."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        return (answer if _any_ragged((*args, *kwargs.values())) else function)(*args, **kwargs)

    return call


def _nested(make, title):
    """A constructor of several partitions, the outermost first."""

    def construct(cls, flat_values, *partitions, name=None, validate=True, **named):
        for partition in reversed(list(partitions[0] if partitions else named[title])):
            flat_values = make(flat_values, partition)
        return flat_values

    return classmethod(construct)


def _nested_value_rowids(self, name=None):
    inner = self.values.nested_value_rowids() if is_ragged(self.values) else ()
    return (self.value_rowids(), *inner)


def _with_row_splits_dtype(self, dtype):
    values = self.values.with_row_splits_dtype(dtype) if is_ragged(self.values) else self.values
    splits = _tapescope.run("Cast", self.row_splits, dtype=_tapescope.as_dtype(dtype).name)
    return RaggedTensor(values, splits, internal=True, uniform_row_length=self.uniform_row_length)


METHODS = {
    "from_nested_row_splits": _nested(RaggedTensor.from_row_splits, "nested_row_splits"),
    "from_nested_row_lengths": _nested(RaggedTensor.from_row_lengths, "nested_row_lengths"),
    "from_nested_value_rowids": _nested(RaggedTensor.from_value_rowids, "nested_value_rowids"),
    "nested_value_rowids": _nested_value_rowids,
    "with_row_splits_dtype": _with_row_splits_dtype,
    "consumers": lambda self: [],
}


def install(tensorflow):
    """Functions of the engine's table ask by themselves; those written here are wrapped."""
    for name, method in METHODS.items():
        setattr(RaggedTensor, name, method)
    for path, answer in ANSWERS.items():
        home = tensorflow
        *modules, name = path.split(".")
        for module in modules:
            home = getattr(home, module)
        function = getattr(home, name)
        if isinstance(function, types.BuiltinFunctionType):
            _ragged_functions.OTHERS[name] = answer
        else:
            setattr(home, name, answering(function, answer))
