# SPDX-License-Identifier: Apache-2.0
"""tf.DType and tf.TensorShape."""


class DType:
    def __init__(self, name, floating=False, integer=False):
        self.name = name
        self.is_floating = floating
        self.is_integer = integer
        self.is_bool = name == "bool"

    @property
    def as_numpy_dtype(self):
        import numpy

        return getattr(numpy, {"bool": "bool_", "string": "object_", "bfloat16": "float32"}.get(self.name, self.name))

    @property
    def base_dtype(self):
        return self

    def __eq__(self, other):
        if isinstance(other, DType):
            return self.name == other.name
        if isinstance(other, str):
            return self.name == other
        return self.name == getattr(other, "__name__", getattr(other, "name", None))

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return "tf." + self.name

    def __str__(self):
        return "<dtype: %r>" % self.name


ALL = {name: DType(name, floating=True) for name in ("float16", "bfloat16", "float32", "float64")}
ALL.update({name: DType(name, integer=True) for name in "int8 int16 int32 int64 uint8 uint16 uint32 uint64".split()})
ALL.update({name: DType(name) for name in "bool complex64 complex128 string resource variant".split()})
NAMES = {**ALL, "half": ALL["float16"], "double": ALL["float64"]}
float32 = ALL["float32"]


class TensorShape:
    def __init__(self, dims):
        self._dims = tuple(dims)

    @property
    def rank(self):
        return len(self._dims)

    ndims = rank

    @property
    def dims(self):
        return list(self._dims)

    def as_list(self):
        return list(self._dims)

    def num_elements(self):
        count = 1
        for size in self._dims:
            count *= size
        return count

    def is_fully_defined(self):
        return True

    def __iter__(self):
        return iter(self._dims)

    def __len__(self):
        return len(self._dims)

    def __getitem__(self, index):
        part = self._dims[index]
        return TensorShape(part) if isinstance(index, slice) else part

    def __add__(self, other):
        return TensorShape(self._dims + tuple(other))

    def __radd__(self, other):
        return TensorShape(tuple(other) + self._dims)

    def __eq__(self, other):
        try:
            return self._dims == tuple(other)
        except TypeError:
            return NotImplemented

    def __hash__(self):
        return hash(self._dims)

    def __str__(self):
        return str(self._dims)

    def __repr__(self):
        return "TensorShape(%r)" % list(self._dims)
