# SPDX-License-Identifier: Apache-2.0
"""tf.RaggedTensorSpec: what is known of a ragged tensor before it is there; and the specification of any tensor."""

from tensorflow._irregular import _sparse
from tensorflow._irregular._ragged import HOME
from tensorflow._values import _dtypes, _shapes
from tensorflow._values._typespec import TypeSpec


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


for _kind in (_shapes.TensorSpec, RaggedTensorSpec, _sparse.SparseTensorSpec):
    TypeSpec.register(_kind)


def type_spec_from_value(value):
    """What is known of a tensor of any kind, once it is there."""
    import _tapescope

    from tensorflow._irregular import _ragged
    from tensorflow._values import _slices

    if isinstance(value, _slices.IndexedSlices):
        return _slices.IndexedSlicesSpec.from_value(value)
    if isinstance(value, _ragged.RaggedTensor):
        return RaggedTensorSpec(value.shape, value.dtype, value.ragged_rank, value.row_splits.dtype)
    if isinstance(value, _sparse.SparseTensor):
        return _sparse.SparseTensorSpec(value.shape, value.dtype)
    try:
        return _shapes.TensorSpec.from_tensor(_tapescope.tensor(value))
    except (TypeError, ValueError):
        raise TypeError(f"Could not build a TypeSpec for {value} of unsupported type {type(value)}.") from None
