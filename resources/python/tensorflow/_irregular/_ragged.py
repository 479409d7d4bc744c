# SPDX-License-Identifier: Apache-2.0
"""tf.RaggedTensor: rows of any length, kept as their elements and where each row begins."""

import _tapescope

from tensorflow._irregular import _partitions
from tensorflow._values import _shapes

HOME = "tensorflow.python.ops.ragged.ragged_tensor"


def is_ragged(value):
    return isinstance(value, RaggedTensor)


def numbers(tensor):
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
    def _cut(cls, values, splits, validate):
        values = _values_of(values)
        _partitions.require_count(splits, values, _count_of(values), validate)
        return cls(values, splits, internal=True)

    @classmethod
    def from_row_splits(cls, values, row_splits, name=None, validate=True):
        return cls._cut(values, _partitions.of_splits(row_splits, validate), validate)

    @classmethod
    def from_row_lengths(cls, values, row_lengths, name=None, validate=True):
        return cls._cut(values, _partitions.of_lengths(row_lengths, validate), validate)

    @classmethod
    def from_value_rowids(cls, values, value_rowids, nrows=None, name=None, validate=True):
        values = _values_of(values)
        return cls._cut(values, _partitions.of_rows(value_rowids, nrows, values, validate), validate)

    @classmethod
    def from_row_starts(cls, values, row_starts, name=None, validate=True):
        values = _values_of(values)
        return cls._cut(values, _partitions.of_starts(row_starts, _count_of(values), validate), validate)

    @classmethod
    def from_row_limits(cls, values, row_limits, name=None, validate=True):
        return cls._cut(values, _partitions.of_limits(row_limits, validate), validate)

    @classmethod
    def from_uniform_row_length(cls, values, uniform_row_length, nrows=None, validate=True, name=None):
        values = _values_of(values)
        count, width = _partitions.uniform_rows(uniform_row_length, nrows, _count_of(values), validate)
        return cls.from_uniform_rows(values, count, width)

    @classmethod
    def from_uniform_rows(cls, values, count, width):
        splits = _tapescope.constant([row * width for row in range(count + 1)], "int64")
        return cls(values, splits, internal=True, uniform_row_length=width)

    @classmethod
    def from_tensor(cls, tensor, lengths=None, padding=None, ragged_rank=1, name=None, row_splits_dtype=None):
        if lengths is not None and padding is not None:
            raise ValueError("Specify argument `lengths` or `padding`, but not both.")
        tensor = _tapescope.tensor(tensor)
        if len(tensor.shape) <= 1:
            raise ValueError(
                "The rank of a RaggedTensor must be greater than 1, i.e., a list of scalars won't have ragged dimensions. "
                f"Received argument `tensor` with rank {len(tensor.shape)}."
            )
        count, width = tensor.shape[0], tensor.shape[1]
        if lengths is not None:
            lengths = numbers(_int64(lengths))
            if len(lengths) != count:
                raise ValueError(f"Shapes {tensor.shape[:2]} and {(len(lengths), width)} are incompatible")
        elif padding is not None:
            lengths = [_without(row, padding) for row in tensor.numpy()]
        flat = _tapescope.run("Reshape", tensor, shape=[count * width, *tensor.shape[2:]])
        if lengths is None:
            rows = cls.from_uniform_rows(flat, count, width)
            return cls(rows.values, rows.row_splits, internal=True)
        parts = [tensor[row, : lengths[row]] for row in range(count)]
        return cls.from_row_lengths(joined(parts), lengths)

    @classmethod
    def from_sparse(cls, st_input, name=None, row_splits_dtype=None):
        """Of a sparse matrix whose rows have their values at the left."""
        if st_input.shape.rank != 2:
            raise ValueError("rank(st_input) must be 2.")
        places = numbers(st_input.indices)
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

    def _components(self):
        return [self.flat_values, *self.nested_row_splits]

    def _ends(self):
        return numbers(self._row_splits)

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
        rest = numbers(inner)[1:] if inner is not None else list(self._values.shape[1:])
        sizes = [self.nrows_int(), widest, *rest]
        return _tapescope.constant(sizes if axis is None else sizes[axis], out_type or self._row_splits.dtype)

    # ---- ways out

    def to_list(self):
        items = self._values.to_list() if is_ragged(self._values) else numbers(self._values)
        return [items[start:end] for start, end in _neighbours(self._ends())]

    def numpy(self):
        from tensorflow._values import _texts

        numpy = _texts.install()
        values = self._values.numpy()
        rows = [values[start:end] for start, end in _neighbours(self._ends())]
        if rows and len({len(row) for row in rows}) == 1:
            return numpy.stack(rows)
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
        from tensorflow._irregular import _sparse

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
            values = joined([self._values[ends[row] : ends[row + 1]] for row in chosen])
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
            result = RaggedTensor.from_row_lengths(joined(rows), [rows_in(row) for row in rows])
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
        from tensorflow._values import _texts

        numpy = _texts.install()
        with numpy.printoptions(formatter={"all": _element_text}):
            return f"<tf.RaggedTensor {_element_text(self.numpy())}>"


def _element_text(value):
    import numpy

    if not isinstance(value, numpy.ndarray):
        return str(value)
    return numpy.array2string(value, separator=", ") if value.size else repr(value.tolist())


def _values_of(values):
    return values if is_ragged(values) else _tapescope.tensor(values)


def _count_of(values):
    """None of a scalar."""
    return values.nrows_int() if is_ragged(values) else values.shape[0] if len(values.shape) else None


def _invalid(text):
    from tensorflow._values import _errors

    return _errors.ALL["InvalidArgumentError"](None, None, text)


def _neighbours(ends):
    return [(ends[i], ends[i + 1]) for i in range(len(ends) - 1)]


def splits_of(lengths):
    ends = [0]
    for length in lengths:
        ends.append(ends[-1] + int(length))
    return ends


def _without(row, padding):
    length = len(row)
    while length and (row[length - 1] == padding).all():
        length -= 1
    return length


def rows_in(part):
    return part.nrows_int() if is_ragged(part) else part.shape[0]


def joined(parts):
    """One behind the other, whether they are ragged or not."""
    if any(is_ragged(part) for part in parts):
        lengths = [length for part in parts for length in numbers(part.row_lengths())]
        return RaggedTensor.from_row_lengths(joined([part.values for part in parts]), lengths)
    from tensorflow._arrays import _array

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
            part = joined([part, _tapescope.run("BroadcastTo", default, shape=[missing, *rest])])
        rows.append(part)
    if not rows:
        return _tapescope.run("BroadcastTo", default, shape=[0, width, *rest])
    return _tapescope.run("Pack", *rows, axis=0)
