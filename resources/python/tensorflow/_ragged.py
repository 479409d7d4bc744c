# SPDX-License-Identifier: Apache-2.0
"""tf.RaggedTensor and tf.ragged: rows of any length, kept as their elements and where each row begins."""

import functools

import _tapescope

from tensorflow import _dtypes, _shapes

HOME = "tensorflow.python.ops.ragged.ragged_tensor"


def is_ragged(value):
    return isinstance(value, RaggedTensor)


def _numbers(tensor):
    return tensor.numpy().tolist()


def _int64(values):
    return values if _tapescope.is_tensor(values) else _tapescope.constant(list(values), "int64")


class RaggedTensor:
    """`values` in rows that end at `row_splits`. Operations on it are operations on its values."""

    __module__ = HOME
    __array_priority__ = 101

    def __init__(self, values, row_splits, internal=False, uniform_row_length=None):
        if not internal:
            raise ValueError(
                "RaggedTensor constructor is private; please use one of the factory methods instead (e.g., "
                "RaggedTensor.from_row_lengths())"
            )
        self._values = values
        self._row_splits = row_splits
        self._uniform = uniform_row_length

    # ---- ways in

    @classmethod
    def from_row_splits(cls, values, row_splits, name=None, validate=True):
        values = values if is_ragged(values) else _tapescope.tensor(values)
        splits = _int64(row_splits)
        ends = _numbers(splits)
        count = values.nrows_int() if is_ragged(values) else values.shape[0]
        if validate and ends[-1] != count:
            raise _invalid(
                "Arguments to _from_row_partition do not form a valid RaggedTensor\nCondition x == y did not hold.\n"
                f"First 1 elements of x:\n[{ends[-1]}]\nFirst 1 elements of y:\n[{count}]"
            )
        steps = [end - start for start, end in _neighbours(ends)]
        if validate and any(step < 0 for step in steps):
            raise _invalid(
                "Arguments to from_row_splits do not form a valid RaggedTensor:monotonic.  \nCondition x >= 0 did not "
                f"hold element-wise:\nx (shape=({len(steps)},) dtype=int64) = \n{[str(step) for step in steps]}"
            )
        return cls(values, splits, internal=True)

    @classmethod
    def from_row_lengths(cls, values, row_lengths, name=None, validate=True):
        lengths = _numbers(row_lengths) if _tapescope.is_tensor(row_lengths) else list(row_lengths)
        return cls.from_row_splits(values, _splits_of(lengths), validate=validate)

    @classmethod
    def from_value_rowids(cls, values, value_rowids, nrows=None, name=None, validate=True):
        rows = _numbers(value_rowids) if _tapescope.is_tensor(value_rowids) else list(value_rowids)
        count = int(nrows) if nrows is not None else (rows[-1] + 1 if rows else 0)
        lengths = [0] * count
        for row in rows:
            lengths[row] += 1
        return cls.from_row_lengths(values, lengths, validate=validate)

    @classmethod
    def from_row_starts(cls, values, row_starts, name=None, validate=True):
        values = values if is_ragged(values) else _tapescope.tensor(values)
        starts = _numbers(row_starts) if _tapescope.is_tensor(row_starts) else list(row_starts)
        return cls.from_row_splits(values, [*starts, values.shape[0]], validate=validate)

    @classmethod
    def from_row_limits(cls, values, row_limits, name=None, validate=True):
        limits = _numbers(row_limits) if _tapescope.is_tensor(row_limits) else list(row_limits)
        return cls.from_row_splits(values, [0, *limits], validate=validate)

    @classmethod
    def from_uniform_row_length(cls, values, uniform_row_length, nrows=None, validate=True, name=None):
        values = values if is_ragged(values) else _tapescope.tensor(values)
        width = int(uniform_row_length)
        count = int(nrows) if nrows is not None else values.shape[0] // width
        return cls.from_uniform_rows(values, count, width)

    @classmethod
    def from_uniform_rows(cls, values, count, width):
        splits = _tapescope.constant([row * width for row in range(count + 1)], "int64")
        return cls(values, splits, internal=True, uniform_row_length=width)

    @classmethod
    def from_tensor(cls, tensor, lengths=None, padding=None, ragged_rank=1, name=None, row_splits_dtype=None):
        tensor = _tapescope.tensor(tensor)
        count, width = tensor.shape[0], tensor.shape[1]
        if lengths is not None:
            lengths = _numbers(_int64(lengths))
        elif padding is not None:
            lengths = [_without(row, padding) for row in tensor.numpy()]
        flat = _tapescope.run("Reshape", tensor, shape=[count * width, *tensor.shape[2:]])
        if lengths is None:
            rows = cls.from_uniform_rows(flat, count, width)
            return cls(rows.values, rows.row_splits, internal=True)
        parts = [tensor[row, : lengths[row]] for row in range(count)]
        return cls.from_row_lengths(_joined(parts), lengths)

    @classmethod
    def from_sparse(cls, st_input, name=None, row_splits_dtype=None):
        """Of a sparse matrix whose rows have their values at the left."""
        if st_input.shape.rank != 2:
            raise ValueError("rank(st_input) must be 2.")
        places = _numbers(st_input.indices)
        lengths = [0] * st_input.shape[0]
        for row, column in places:
            if column != lengths[row]:
                shown = ", ".join(str(at) for place in places[:2] for at in place)
                raise _invalid(
                    "Expected 'tf.Tensor(False, shape=(), dtype=bool)' to be true. Summarized data: b'SparseTensor is not "
                    f"right-ragged'\nb'SparseTensor.indices ='\n{', '.join(shown.split(', ')[:3])}, ..."
                )
            lengths[row] += 1
        return cls.from_row_lengths(st_input.values, lengths)

    # ---- what it is

    values = property(lambda self: self._values)
    row_splits = property(lambda self: self._row_splits)
    dtype = property(lambda self: self._values.dtype)

    @property
    def shape(self):
        inner = self._values.shape
        return _shapes.TensorShape([self.nrows_int(), self._uniform]).concatenate(inner[1:])

    def get_shape(self):
        return self.shape

    @property
    def ragged_rank(self):
        return 1 + (self._values.ragged_rank if is_ragged(self._values) else 0)

    @property
    def flat_values(self):
        return self._values.flat_values if is_ragged(self._values) else self._values

    @property
    def nested_row_splits(self):
        inner = self._values.nested_row_splits if is_ragged(self._values) else ()
        return (self._row_splits, *inner)

    @property
    def uniform_row_length(self):
        return None if self._uniform is None else _tapescope.constant(self._uniform, "int64")

    def _ends(self):
        return _numbers(self._row_splits)

    def nrows_int(self):
        return self._row_splits.shape[0] - 1

    def nrows(self, out_type=None, name=None):
        return _tapescope.constant(self.nrows_int(), out_type or self._row_splits.dtype)

    def row_starts(self, name=None):
        return self._row_splits[:-1]

    def row_limits(self, name=None):
        return self._row_splits[1:]

    def row_lengths(self, axis=1, name=None):
        if axis > 1:
            return self.with_values(self._values.row_lengths(axis - 1))
        return self._row_splits[1:] - self._row_splits[:-1]

    def nested_row_lengths(self, name=None):
        inner = self._values.nested_row_lengths() if is_ragged(self._values) else ()
        return (self.row_lengths(), *inner)

    def value_rowids(self, name=None):
        ends = self._ends()
        rows = [row for row, (start, end) in enumerate(_neighbours(ends)) for _ in range(end - start)]
        return _tapescope.constant(rows, self._row_splits.dtype)

    def bounding_shape(self, axis=None, name=None, out_type=None):
        inner = self._values.bounding_shape() if is_ragged(self._values) else None
        widest = max((end - start for start, end in _neighbours(self._ends())), default=0)
        rest = _numbers(inner)[1:] if inner is not None else list(self._values.shape[1:])
        sizes = [self.nrows_int(), widest, *rest]
        return _tapescope.constant(sizes if axis is None else sizes[axis], out_type or self._row_splits.dtype)

    # ---- ways out

    def to_list(self):
        items = self._values.to_list() if is_ragged(self._values) else _numbers(self._values)
        return [items[start:end] for start, end in _neighbours(self._ends())]

    def numpy(self):
        from tensorflow import _texts

        numpy = _texts.install()
        values = self._values.numpy()
        rows = [values[start:end] for start, end in _neighbours(self._ends())]
        if rows and len({len(row) for row in rows}) == 1 and not any(row.dtype == object for row in rows):
            return numpy.stack(rows)
        if rows and len({row.shape for row in rows}) == 1 and values.dtype == object and self.dtype == "string":
            return numpy.array([list(row) for row in rows], dtype=object)
        result = numpy.empty(len(rows), dtype=object)
        for i, row in enumerate(rows):
            result[i] = row
        return result

    def to_tensor(self, default_value=None, name=None, shape=None):
        values = self._values
        if is_ragged(values):
            sizes = None if shape is None else [None, *_shapes.as_shape(shape).as_list()[2:]]
            values = values.to_tensor(default_value, shape=sizes)
        ends = self._ends()
        wanted = [None, None] if shape is None else _shapes.as_shape(shape).as_list()
        widest = max((end - start for start, end in _neighbours(ends)), default=0)
        width = widest if wanted[1] is None else wanted[1]
        count = self.nrows_int() if wanted[0] is None else wanted[0]
        return _filled(values, ends, count, width, default_value)

    def to_sparse(self, name=None):
        from tensorflow import _sparse

        indices = [[row, at] for row, (start, end) in enumerate(_neighbours(self._ends())) for at in range(end - start)]
        places = _tapescope.constant(indices, "int64") if indices else _tapescope.run(
            "Reshape", _tapescope.constant([], "int64"), shape=[0, 2])
        return _sparse.SparseTensor(places, self._values, self.bounding_shape())

    def with_values(self, new_values):
        new_values = new_values if is_ragged(new_values) else _tapescope.tensor(new_values)
        return RaggedTensor(new_values, self._row_splits, internal=True, uniform_row_length=self._uniform)

    def with_flat_values(self, new_values):
        inner = self._values.with_flat_values(new_values) if is_ragged(self._values) else new_values
        return self.with_values(inner)

    def merge_dims(self, outer_axis, inner_axis):
        return self._values if (outer_axis, inner_axis) == (0, 1) else self.with_values(
            self._values.merge_dims(outer_axis - 1, inner_axis - 1))

    # ---- parts

    def __getitem__(self, key):
        keys = key if isinstance(key, tuple) else (key,)
        if Ellipsis in [one for one in keys if one is Ellipsis]:
            at = [i for i, one in enumerate(keys) if one is Ellipsis][0]
            missing = self.shape.rank - (len(keys) - 1)
            keys = keys[:at] + (slice(None),) * missing + keys[at + 1 :]
        first, rest = keys[0], keys[1:]
        if isinstance(first, slice):
            rows = self._rows(list(range(self.nrows_int()))[first])
            return rows._inside(rest) if rest else rows
        row = int(first)
        count = self.nrows_int()
        if not -count <= row < count:
            raise IndexError(f"Row key {first} out of bounds")
        ends = self._ends()
        row %= count
        part = self._values[ends[row] : ends[row + 1]]
        return part[rest if len(rest) > 1 else rest[0]] if rest else part

    def _rows(self, chosen):
        ends = self._ends()
        if not chosen:
            return RaggedTensor(self._values[0:0], _tapescope.constant([0], self._row_splits.dtype), internal=True)
        lengths = [ends[row + 1] - ends[row] for row in chosen]
        if chosen == list(range(chosen[0], chosen[0] + len(chosen))):
            values = self._values[ends[chosen[0]] : ends[chosen[-1] + 1]]
        else:
            values = _joined([self._values[ends[row] : ends[row + 1]] for row in chosen])
        return RaggedTensor.from_row_lengths(values, lengths)

    def _inside(self, keys):
        """Within every row."""
        first, rest = keys[0], keys[1:]
        if not isinstance(first, slice):
            if self._uniform is None:
                raise ValueError("Cannot index into an inner ragged dimension.")
            return _tapescope.run("Pack", *(row[keys] for row in self), axis=0)
        result = self
        if first != slice(None):
            rows = [row[first] for row in self]
            result = RaggedTensor.from_row_lengths(_joined(rows), [_length(row) for row in rows])
        if not rest:
            return result
        values = result._values
        inner = values._inside(rest) if is_ragged(values) else values[(slice(None), *rest)]
        return result.with_values(inner)

    def __iter__(self):
        return iter([self[row] for row in range(self.nrows_int())])

    def __bool__(self):
        raise TypeError("RaggedTensor may not be used as a boolean.")

    def __hash__(self):
        raise TypeError("RaggedTensor is unhashable.")

    def __repr__(self):
        from tensorflow import _texts

        numpy = _texts.install()
        with numpy.printoptions(formatter={"all": _element_text}):
            return f"<tf.RaggedTensor {_element_text(self.numpy())}>"


def _element_text(value):
    import numpy

    if not isinstance(value, numpy.ndarray):
        return str(value)
    return numpy.array2string(value, separator=", ") if value.size else repr(value.tolist())


def _invalid(text):
    from tensorflow import _errors

    return _errors.ALL["InvalidArgumentError"](None, None, text)


def _neighbours(ends):
    return [(ends[i], ends[i + 1]) for i in range(len(ends) - 1)]


def _splits_of(lengths):
    ends = [0]
    for length in lengths:
        ends.append(ends[-1] + int(length))
    return ends


def _without(row, padding):
    length = len(row)
    while length and (row[length - 1] == padding).all():
        length -= 1
    return length


def _length(part):
    return part.nrows_int() if is_ragged(part) else part.shape[0]


def _joined(parts):
    """One behind the other, whether they are ragged or not."""
    if any(is_ragged(part) for part in parts):
        lengths = [length for part in parts for length in _numbers(part.row_lengths())]
        return RaggedTensor.from_row_lengths(_joined([part.values for part in parts]), lengths)
    from tensorflow import _array

    return parts[0] if len(parts) == 1 else _array.NAMES["concat"](parts, 0)


def _filled(values, ends, count, width, default_value):
    """A row for each, cut or filled up to one width."""
    dtype = values.dtype
    rest = list(values.shape[1:])
    if default_value is None:
        default_value = "" if dtype == "string" else False if dtype.is_bool else 0
    default = _tapescope.tensor(default_value, dtype)
    rows = []
    for row in range(count):
        start, end = (ends[row], ends[row + 1]) if row < len(ends) - 1 else (0, 0)
        part = values[start : min(end, start + width)]
        missing = width - part.shape[0]
        if missing:
            part = _joined([part, _tapescope.run("BroadcastTo", default, shape=[missing, *rest])])
        rows.append(part)
    if not rows:
        return _tapescope.run("BroadcastTo", default, shape=[0, width, *rest])
    return _tapescope.run("Pack", *rows, axis=0)


def _on_values(name, swapped):
    """An operator on the flat values, where the other operand is a number, of the same rows, or broadcasts to them."""

    def call(self, other):
        import tensorflow

        function = getattr(tensorflow.Tensor, name)
        mine = self.flat_values
        if is_ragged(other):
            theirs = other.flat_values
        else:
            theirs = other if not _tapescope.is_tensor(other) else other
            if _tapescope.is_tensor(other) and other.shape.rank:
                theirs = _spread(self, other)
        return self.with_flat_values(function(mine, theirs))

    call.__name__ = name
    return call


def _spread(ragged, tensor):
    """A dense tensor of one value (or one row of them) for each row, repeated for each element."""
    shape = tensor.shape
    if shape.rank >= 2 and shape[1] == 1:
        rows = ragged.value_rowids() if shape[0] > 1 else None
        flat = _tapescope.run("Reshape", tensor, shape=[shape[0], *shape[2:]])
        if rows is None:
            return flat
        from tensorflow import _array

        return _array.NAMES["gather"](flat, rows)
    return RaggedTensor.from_tensor(tensor).flat_values


for _name in ("add sub mul truediv floordiv mod pow radd rsub rmul rtruediv rfloordiv rmod rpow eq ne lt le gt ge and or "
              "xor").split():
    setattr(RaggedTensor, f"__{_name}__", _on_values(f"__{_name}__", _name.startswith("r")))
for _name in ("neg", "abs", "invert"):
    setattr(RaggedTensor, f"__{_name}__",
            lambda self, _name=_name: self.with_flat_values(getattr(self.flat_values, f"__{_name}__")()))


# ---- tf.ragged


def _depth(value):
    if not isinstance(value, (list, tuple)) and not hasattr(value, "__array__"):
        return 0
    depths = [_depth(item) for item in value]
    return 1 + max(depths, default=0)


def _scalar_depths(value, at=0):
    if not isinstance(value, (list, tuple)):
        return {at}
    return set().union(*(_scalar_depths(item, at + 1) for item in value)) if value else set()


def constant(pylist, dtype=None, ragged_rank=None, inner_shape=None, name=None, row_splits_dtype=None):
    if hasattr(pylist, "tolist"):
        pylist = pylist.tolist()
    depth = _depth(pylist)
    if depth <= 1 and not ragged_rank:
        return _tapescope.constant(pylist, dtype)
    scalars = _scalar_depths(pylist)
    if len(scalars) > 1:
        raise ValueError("all scalar values must have the same nesting depth")
    if ragged_rank is None:
        ragged_rank = depth - 1 if inner_shape is None else depth - 1 - len(inner_shape)
    return rows_of(pylist, dtype, ragged_rank, row_splits_dtype or "int64")


def rows_of(rows, dtype=None, ragged_rank=1, splits_dtype="int64"):
    splits = _tapescope.constant(_splits_of([len(row) for row in rows]), splits_dtype)
    inside = [item for row in rows for item in row]
    if ragged_rank > 1:
        values = rows_of(inside, dtype, ragged_rank - 1, splits_dtype)
    else:
        values = _tapescope.constant(inside, dtype)
    return RaggedTensor(values, splits, internal=True)


def ragged_range(starts, limits=None, deltas=1, dtype=None, name=None, row_splits_dtype=None):
    if limits is None:
        starts, limits = 0, starts
    columns = [value if isinstance(value, (list, tuple)) else _listed(value) for value in (starts, limits, deltas)]
    count = max(len(column) for column in columns if isinstance(column, list)) if any(
        isinstance(column, list) for column in columns) else 1
    wide = [column if isinstance(column, (list, tuple)) else [column] * count for column in columns]
    rows = [list(range(wide[0][i], wide[1][i], wide[2][i])) for i in range(count)]
    return rows_of(rows, dtype or "int32")


def _listed(value):
    return _numbers(value) if _tapescope.is_tensor(value) else value


def stack(values, axis=0, name=None):
    parts = [part if is_ragged(part) else _tapescope.tensor(part) for part in values]
    return RaggedTensor.from_row_lengths(_joined(parts), [_length(part) for part in parts])


def map_flat_values(op, *args, **kwargs):
    first = [arg for arg in (*args, *kwargs.values()) if is_ragged(arg)]
    flat = [arg.flat_values if is_ragged(arg) else arg for arg in args]
    named = {key: arg.flat_values if is_ragged(arg) else arg for key, arg in kwargs.items()}
    result = op(*flat, **named)
    return first[0].with_flat_values(result) if first else result


def boolean_mask(data, mask, name=None):
    rows = data.to_list() if is_ragged(data) else _numbers(_tapescope.tensor(data))
    marks = mask.to_list() if is_ragged(mask) else _numbers(_tapescope.tensor(mask))
    dtype = data.dtype if is_ragged(data) else _tapescope.tensor(data).dtype
    return rows_of([[row[i] for i in range(len(row)) if marks[at][i]] for at, row in enumerate(rows)], dtype)


RAGGED = {"constant": constant, "range": ragged_range, "stack": stack, "map_flat_values": map_flat_values,
          "boolean_mask": boolean_mask}


# ---- functions of tensors that get ragged ones

REDUCTIONS = {"reduce_sum", "reduce_mean", "reduce_max", "reduce_min", "reduce_prod", "reduce_any", "reduce_all"}


# Python's functions that also take ragged tensors; those of the engine's table ask by themselves.
TAKING = (*sorted(REDUCTIONS), "abs", "add", "cast", "concat", "divide", "identity", "multiply", "ones_like", "rank",
          "size", "stack", "subtract", "zeros_like")


def dispatching(name, function):
    """The function, which answers for ragged and sparse tensors too once the dense way has refused them."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except ValueError:
            result = answer(name, function, args, kwargs)
            if result is NotImplemented:
                raise
            return result

    return call


def answer(name, function, args, kwargs):
    """What a function gives for a ragged or sparse tensor among its arguments; NotImplemented where there is none."""
    from tensorflow import _sparse

    given = [*args, *kwargs.values()]
    if name in ("concat", "stack") and any(is_ragged(part) for part in (args[0] if args else kwargs["values"])):
        return (_concat if name == "concat" else stack_of)(*args, **kwargs)
    if any(isinstance(arg, _sparse.SparseTensor) for arg in given):
        return _sparse.map_values(function, *args, **kwargs)
    if not any(is_ragged(arg) for arg in given):
        return NotImplemented
    if name in REDUCTIONS:
        return _reduced(_mean if name == "reduce_mean" else function, *args, **kwargs)
    if name in ("rank", "size"):
        return _tapescope.constant(given[0].shape.rank) if name == "rank" else function(given[0].flat_values)
    return map_flat_values(function, *args, **kwargs)


def _concat(values, axis=0, name=None):
    parts = [part if is_ragged(part) else RaggedTensor.from_tensor(part) for part in values]
    if axis == 0:
        return _joined(parts)
    rows = [_joined([part[row] for part in parts]) for row in range(parts[0].nrows_int())]
    return RaggedTensor.from_row_lengths(_joined(rows), [_length(row) for row in rows])


def stack_of(values, axis=0, name=None):
    parts = [part if is_ragged(part) else RaggedTensor.from_tensor(part) for part in values]
    return RaggedTensor.from_row_lengths(_joined(parts), [part.nrows_int() for part in parts])


def _mean(values, axis=None, keepdims=False):
    """ragged_math_ops.py: a sum over a count, which for integers is a float64."""
    import tensorflow

    count = values.shape.num_elements() if axis is None else values.shape[axis]
    return tensorflow.reduce_sum(values, axis=axis, keepdims=keepdims) / count


def _reduced(function, input_tensor, axis=None, keepdims=False, name=None):
    if axis is None:
        return function(input_tensor.flat_values, axis=None, keepdims=keepdims)
    axis = axis + input_tensor.shape.rank if axis < 0 else axis
    if axis == 0:
        columns = input_tensor.bounding_shape(1).numpy()
        rows = [row for row in input_tensor]
        parts = [[row[at] for row in rows if _length(row) > at] for at in range(columns)]
        return _tapescope.run("Pack", *(function(_tapescope.run("Pack", *part, axis=0)) for part in parts), axis=0)
    if axis == 1:
        results = [function(row, axis=0) for row in input_tensor]
        return _tapescope.run("Pack", *results, axis=0)
    return input_tensor.with_values(_reduced(function, input_tensor.values, axis - 1, keepdims))


class RaggedTensorSpec:
    __module__ = HOME

    def __init__(self, shape=None, dtype=_dtypes.float32, ragged_rank=None, row_splits_dtype="int64",
                 flat_values_spec=None):
        self._shape = _shapes.as_shape(shape)
        self._dtype = _dtypes.as_dtype(dtype)
        self._rank = self._shape.rank - 1 if ragged_rank is None else ragged_rank
        self._splits = _dtypes.as_dtype(row_splits_dtype)

    shape = property(lambda self: self._shape)
    dtype = property(lambda self: self._dtype)
    ragged_rank = property(lambda self: self._rank)
    row_splits_dtype = property(lambda self: self._splits)

    @classmethod
    def from_value(cls, value):
        return cls(value.shape, value.dtype, value.ragged_rank, value.row_splits.dtype)

    def __repr__(self):
        return f"RaggedTensorSpec({self._shape!r}, {self._dtype!r}, {self._rank!r}, {self._splits!r})"
