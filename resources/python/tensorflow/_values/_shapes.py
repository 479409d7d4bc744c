# SPDX-License-Identifier: Apache-2.0
"""tf.TensorShape, tf.compat.v1.Dimension and tf.TensorSpec."""

from tensorflow._values import _dtypes

HOME = "tensorflow.python.framework.tensor_shape"


class Dimension:
    """One size, or none that is known. Comparing with an unknown one gives None."""

    __module__ = HOME
    __slots__ = ["_value"]

    def __init__(self, value):
        if isinstance(value, Dimension):
            value = value._value
        if value is not None and not isinstance(value, int):
            try:
                value = int(value.__index__())
            except AttributeError:
                raise TypeError(
                    "Dimension value must be integer or None or have an __index__ method, got value "
                    f"'{value!r}' with type '{type(value)!r}'"
                ) from None
        if value is not None and value < 0:
            raise ValueError("Dimension %d must be >= 0" % value)
        self._value = value

    @property
    def value(self):
        return self._value

    def is_compatible_with(self, other):
        other = Dimension(other)._value
        return self._value is None or other is None or self._value == other

    def assert_is_compatible_with(self, other):
        if not self.is_compatible_with(other):
            raise ValueError(f"Dimensions {self} and {Dimension(other)} are not compatible")

    def merge_with(self, other):
        other = Dimension(other)
        self.assert_is_compatible_with(other)
        return other if self._value is None else self

    def _combined(self, other, function):
        try:
            other = Dimension(other)._value
        except (TypeError, ValueError):
            return NotImplemented
        return None if self._value is None or other is None else function(self._value, other)

    def _calculated(self, other, function):
        result = self._combined(other, function)
        return result if result is NotImplemented else Dimension(result)

    def __eq__(self, other):
        return self._combined(other, int.__eq__)

    def __ne__(self, other):
        return self._combined(other, int.__ne__)

    def __lt__(self, other):
        return self._combined(other, int.__lt__)

    def __le__(self, other):
        return self._combined(other, int.__le__)

    def __gt__(self, other):
        return self._combined(other, int.__gt__)

    def __ge__(self, other):
        return self._combined(other, int.__ge__)

    def __add__(self, other):
        return self._calculated(other, int.__add__)

    __radd__ = __add__

    def __sub__(self, other):
        return self._calculated(other, int.__sub__)

    def __mul__(self, other):
        return self._calculated(other, int.__mul__)

    __rmul__ = __mul__

    def __floordiv__(self, other):
        return self._calculated(other, int.__floordiv__)

    def __mod__(self, other):
        return self._calculated(other, int.__mod__)

    def __bool__(self):
        return bool(self._value)

    def __int__(self):
        return self._value

    __index__ = __int__

    def __hash__(self):
        return hash(self._value)

    def __repr__(self):
        return f"Dimension({self._value!r})"

    def __str__(self):
        return "?" if self._value is None else str(self._value)


class TensorShape:
    """Sizes of which some, or whose number, may be unknown (None)."""

    __module__ = HOME
    __slots__ = ["_dims"]

    def __init__(self, dims):
        if dims is None:
            self._dims = None
        elif isinstance(dims, TensorShape):
            self._dims = dims._dims
        elif isinstance(dims, (tuple, list)):
            self._dims = tuple(Dimension(size)._value for size in dims)
        else:
            self._dims = self._sizes(dims)

    @staticmethod
    def _sizes(dims):
        try:
            sizes = iter(dims)
        except TypeError:
            return (Dimension(dims)._value,)
        result = []
        for size in sizes:
            try:
                result.append(Dimension(size)._value)
            except TypeError as error:
                raise TypeError(
                    f"Failed to convert '{dims!r}' to a shape: '{size!r}'could not be converted to a dimension. A shape "
                    "should either be single dimension (e.g. 10), or an iterable of dimensions (e.g. [1, 10, None])."
                ) from error
        return tuple(result)

    @property
    def rank(self):
        return None if self._dims is None else len(self._dims)

    ndims = rank

    @property
    def dims(self):
        return None if self._dims is None else [Dimension(size) for size in self._dims]

    def as_list(self):
        if self._dims is None:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return list(self._dims)

    def num_elements(self):
        if not self.is_fully_defined():
            return None
        count = 1
        for size in self._dims:
            count *= size
        return count

    def is_fully_defined(self):
        return self._dims is not None and None not in self._dims

    def is_compatible_with(self, other):
        other = as_shape(other)
        if self._dims is None or other._dims is None:
            return True
        return len(self._dims) == len(other._dims) and all(
            a is None or b is None or a == b for a, b in _pairs(self, other)
        )

    def merge_with(self, other):
        other = as_shape(other)
        if self._dims is None:
            return other
        if other._dims is None:
            return self
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {other} are not compatible")
        return TensorShape([b if a is None else a for a, b in _pairs(self, other)])

    def concatenate(self, other):
        other = as_shape(other)
        if self._dims is None or other._dims is None:
            return TensorShape(None)
        return TensorShape(self._dims + other._dims)

    def most_specific_compatible_shape(self, other):
        other = as_shape(other)
        if self._dims is None or other._dims is None or self.rank != other.rank:
            return TensorShape(None)
        return TensorShape([a if a == b else None for a, b in _pairs(self, other)])

    def most_specific_common_supertype(self, others):
        if any(not isinstance(other, TensorShape) for other in others):
            return None
        shape = self
        for other in others:
            shape = shape.most_specific_compatible_shape(other)
        return shape

    def is_subtype_of(self, other):
        if not isinstance(other, TensorShape):
            return False
        if other.rank is None:
            return True
        return self.rank == other.rank and all(b is None or a == b for a, b in _pairs(self, other))

    def assert_is_compatible_with(self, other):
        if not self.is_compatible_with(other):
            raise ValueError(f"Shapes {self} and {other} are incompatible")

    def assert_same_rank(self, other):
        other = as_shape(other)
        if self.rank is not None and other.rank is not None and self.rank != other.rank:
            raise ValueError(f"Shapes {self} and {other} must have the same rank")

    def assert_has_rank(self, rank):
        if self.rank not in (None, rank):
            raise ValueError("Shape %s must have rank %d" % (self, rank))

    def assert_is_fully_defined(self):
        if not self.is_fully_defined():
            raise ValueError(f"Shape {self} is not fully defined")

    def with_rank(self, rank):
        try:
            return self.merge_with(TensorShape([None] * rank))
        except ValueError:
            raise ValueError("Shape %s must have rank %d" % (self, rank)) from None

    def with_rank_at_least(self, rank):
        if self.rank is not None and self.rank < rank:
            raise ValueError("Shape %s must have rank at least %d" % (self, rank))
        return self

    def with_rank_at_most(self, rank):
        if self.rank is not None and self.rank > rank:
            raise ValueError("Shape %s must have rank at most %d" % (self, rank))
        return self

    def __iter__(self):
        if self._dims is None:
            raise ValueError("Cannot iterate over a shape with unknown rank.")
        return iter(self._dims)

    def __len__(self):
        if self._dims is None:
            raise ValueError("Cannot take the length of shape with unknown rank.")
        return len(self._dims)

    def __bool__(self):
        return self._dims is not None

    def __getitem__(self, key):
        if self._dims is not None:
            return TensorShape(self._dims[key]) if isinstance(key, slice) else self._dims[key]
        if not isinstance(key, slice):
            return None
        if key.step is not None:
            raise ValueError("Steps are not yet handled")
        start = key.start or 0
        if key.stop is None or start < 0 or key.stop < 0:
            return TensorShape(None)
        return TensorShape([None] * (key.stop - start))

    def __add__(self, other):
        return self.concatenate(other)

    def __radd__(self, other):
        return as_shape(other).concatenate(self)

    __concat__ = concatenate

    def __eq__(self, other):
        try:
            other = as_shape(other)
        except TypeError:
            return NotImplemented
        return self._dims == other._dims

    def __hash__(self):
        return hash(self._dims)

    def __reduce__(self):
        return as_shape, (self._dims,)

    def __str__(self):
        if self._dims is None:
            return "<unknown>"
        return str(self._dims)

    def __repr__(self):
        return "TensorShape(None)" if self._dims is None else f"TensorShape({list(self._dims)})"


def _pairs(a, b):
    return [(a._dims[i], b._dims[i]) for i in range(len(a._dims))]


def as_shape(shape):
    return shape if isinstance(shape, TensorShape) else TensorShape(shape)


class TensorSpec:
    """What a tensor looks like: shape, dtype and perhaps a name."""

    __module__ = "tensorflow.python.framework.tensor"

    def __init__(self, shape, dtype=_dtypes.float32, name=None):
        self._shape = TensorShape(shape)
        self._dtype = _dtypes.as_dtype(dtype)
        self._name = name

    @property
    def shape(self):
        return self._shape

    @property
    def dtype(self):
        return self._dtype

    @property
    def name(self):
        return self._name

    @property
    def value_type(self):
        import tensorflow

        return tensorflow.Tensor

    @classmethod
    def from_spec(cls, spec, name=None):
        return cls(spec.shape, spec.dtype, name or spec.name)

    @classmethod
    def from_tensor(cls, tensor, name=None):
        import tensorflow

        if not tensorflow.is_tensor(tensor):
            raise ValueError(f"`tensor` should be a tf.Tensor, but got type {type(tensor)}.")
        return cls(tensor.shape, tensor.dtype, name)

    def is_compatible_with(self, spec_or_tensor):
        fits = isinstance(spec_or_tensor, (TensorSpec, self.value_type))
        return (
            fits
            and self._dtype.is_compatible_with(spec_or_tensor.dtype)
            and self._shape.is_compatible_with(spec_or_tensor.shape)
        )

    def is_subtype_of(self, other):
        if not isinstance(other, TensorSpec):
            return False
        named = not self.name or self.name == other.name
        return named and self.shape.is_subtype_of(other.shape) and self.dtype == other.dtype

    def most_specific_compatible_type(self, other):
        if self.dtype != other.dtype:
            raise ValueError(f"Types are not compatible: {self!r} vs {other!r}")
        return TensorSpec(self.shape.most_specific_compatible_shape(other.shape), self.dtype)

    def __eq__(self, other):
        return (
            type(self) is type(other)
            and self._shape == other._shape
            and self._dtype == other._dtype
            and self._name == other._name
        )

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash((self._shape, self._dtype))

    def __repr__(self):
        return f"{type(self).__name__}(shape={self.shape}, dtype={self.dtype!r}, name={self.name!r})"
