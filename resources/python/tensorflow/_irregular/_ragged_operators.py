# SPDX-License-Identifier: Apache-2.0
"""Python's operators on ragged tensors, which work on their values."""

import _tapescope

from tensorflow._irregular._ragged import RaggedTensor, is_ragged


def _require_same_rows(one, other):
    for mine, theirs in zip(one.nested_row_splits, other.nested_row_splits):
        if mine is not theirs and mine.numpy().tolist() != theirs.numpy().tolist() and len(mine) == len(theirs):
            import tensorflow

            tensorflow.debugging.assert_equal(mine, theirs)


def _on_values(name, swapped):
    """An operator on the flat values, where the other operand is a number, of the same rows, or broadcasts to them."""

    def call(self, other):
        import tensorflow

        function = getattr(tensorflow.Tensor, name)
        mine = self.flat_values
        if is_ragged(other):
            _require_same_rows(self, other)
            theirs = other.flat_values
        else:
            theirs = other if not _tapescope.is_tensor(other) else other
            if _tapescope.is_tensor(other) and other.shape.rank:
                theirs = _spread(self, other)
        return self.with_flat_values(function(mine, theirs))

    call.__name__ = name
    return call


def _rows_of(flat, ragged):
    """A value for each row, repeated for each of its elements."""
    from tensorflow._arrays import _array

    return _array.NAMES["gather"](flat, ragged.value_rowids())


def _spread(ragged, tensor):
    """A dense tensor as the values that stand beside those of the rows: one for all, one for each row, or rows as wide as
    these."""
    import tensorflow

    sizes = tensor.shape.as_list()
    if len(sizes) == 1:
        tensor, sizes = _tapescope.run("Reshape", tensor, shape=[1, *sizes]), [1, *sizes]
    rows = ragged.nrows_int()
    if sizes[0] not in (1, rows):
        tensorflow.debugging.assert_equal(tensorflow.constant(False), tensorflow.constant(True))
    if sizes[1] == 1:
        flat = _tapescope.run("Reshape", tensor, shape=[sizes[0], *sizes[2:]])
        return flat if sizes[0] == 1 else _rows_of(flat, ragged)
    if ragged.ragged_rank == 1:
        splits = tensorflow.constant([row * sizes[1] for row in range(rows + 1)], ragged.row_splits.dtype)
        tensorflow.debugging.assert_equal(splits, ragged.row_splits)
        if sizes[0] != rows:
            tensor = _tapescope.run("BroadcastTo", tensor, shape=[rows, *sizes[1:]])
    return RaggedTensor.from_tensor(tensor).flat_values


def install():
    for name in ("add sub mul truediv floordiv mod pow radd rsub rmul rtruediv rfloordiv rmod rpow eq ne lt le gt ge and or "
                 "xor").split():
        setattr(RaggedTensor, f"__{name}__", _on_values(f"__{name}__", name.startswith("r")))
    for name in ("neg", "abs", "invert"):
        setattr(RaggedTensor, f"__{name}__",
                lambda self, name=name: self.with_flat_values(getattr(self.flat_values, f"__{name}__")()))
