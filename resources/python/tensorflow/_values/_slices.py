# SPDX-License-Identifier: Apache-2.0
"""tf.IndexedSlices: rows of a tensor, as tensorflow/python/framework/indexed_slices.py has them."""

import _tapescope

from tensorflow._values import _dtypes
from tensorflow._values._shapes import TensorShape, as_shape
from tensorflow._values._typespec import TypeSpec


class IndexedSlices:
    def __init__(self, values, indices, dense_shape=None):
        self._values = values
        self._indices = indices
        self._dense_shape = dense_shape

    @property
    def values(self):
        return self._values

    @property
    def indices(self):
        return self._indices

    @property
    def dense_shape(self):
        return self._dense_shape

    @property
    def shape(self):
        if self._dense_shape is None:
            return TensorShape(None)
        return TensorShape(_tapescope.numbers(self._dense_shape))

    @property
    def dtype(self):
        return self.values.dtype

    @property
    def device(self):
        return self.values.device

    @property
    def name(self):
        return self.values.name

    def __str__(self):
        shape = "" if self._dense_shape is None else ", dense_shape=%s" % (self._dense_shape,)
        return "IndexedSlices(indices=%s, values=%s%s)" % (self._indices, self._values, shape)

    def __neg__(self):
        return IndexedSlices(-self.values, self.indices, self.dense_shape)


class IndexedSlicesSpec:
    """What is known of slices before they are there."""

    def __init__(self, shape=None, dtype=_dtypes.float32, indices_dtype="int64", dense_shape_dtype=None, indices_shape=None):
        self._shape = as_shape(shape)
        self._values_dtype = _dtypes.as_dtype(dtype)
        self._indices_dtype = _dtypes.as_dtype(indices_dtype)
        self._dense_shape_dtype = None if dense_shape_dtype is None else _dtypes.as_dtype(dense_shape_dtype)
        self._indices_shape = as_shape(indices_shape).with_rank(1)

    value_type = property(lambda self: IndexedSlices)

    @classmethod
    def from_value(cls, value):
        dense = value.dense_shape
        shape = [None, *value.values.shape.as_list()[1:]] if dense is None else value.shape
        return cls(shape, value.dtype, value.indices.dtype, None if dense is None else dense.dtype, value.indices.shape)

    def _serialize(self):
        return self._shape, self._values_dtype, self._indices_dtype, self._dense_shape_dtype, self._indices_shape

    def __repr__(self):
        return f"IndexedSlicesSpec{self._serialize()}"

    def __eq__(self, other):
        return type(other) is type(self) and repr(other) == repr(self)

    def __hash__(self):
        return hash(repr(self))


TypeSpec.register(IndexedSlicesSpec)
IndexedSlices.__module__ = IndexedSlicesSpec.__module__ = "tensorflow.python.framework.indexed_slices"


def with_values(slices, values):
    """The same rows with other values in them."""
    return IndexedSlices(values, slices.indices, slices.dense_shape)


def values_of(value):
    """The values of slices, and everything else as it is."""
    return value.values if isinstance(value, IndexedSlices) else value
