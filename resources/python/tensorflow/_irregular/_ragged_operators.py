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
            theirs = spread(self, other)
        return self.with_flat_values(function(mine, theirs))

    call.__name__ = name
    return call


def _rows_of(flat, ragged):
    """A value for each row, repeated for each of its elements."""
    from tensorflow._arrays import _array

    return _array.NAMES["gather"](flat, ragged.value_rowids())


def spread(ragged, other):
    """What is dense as the values that stand beside those of the rows. Its axes are the last ones of the ragged tensor's; each is
    1 or as long as these."""
    tensor = other if _tapescope.is_tensor(other) else _tapescope.tensor(other, ragged.dtype)
    if not tensor.shape.rank:
        return other
    if tensor.shape.rank > ragged.shape.rank:
        raise NotImplementedError("a tensor with more axes than the ragged one does not go with it here")
    sizes = [1] * (ragged.shape.rank - tensor.shape.rank) + tensor.shape.as_list()
    outer = ragged.ragged_rank + 1
    _require_fits(ragged, sizes[:outer])
    if all(size == 1 for size in sizes[1:outer]):
        flat = _tapescope.run("Reshape", tensor, shape=[sizes[0], *sizes[outer:]])
        if sizes[0] == 1 or outer == 2:
            return flat if sizes[0] == 1 else _rows_of(flat, ragged)
    from tensorflow._arrays import _array

    places = [[0 if size == 1 else at for at, size in zip(place, sizes)] for place in _places_of(ragged)]
    return _array.NAMES["gather_nd"](_tapescope.run("Reshape", tensor, shape=sizes), places)


def _places_of(ragged):
    """Of each flat value: its row, and its place in the list of each level."""
    places = [(row,) for row in range(ragged.nrows_int())]
    for splits in ragged.nested_row_splits:
        ends = splits.numpy().tolist()
        places = [(*place, at) for place, first, end in zip(places, ends, ends[1:]) for at in range(end - first)]
    return places


def _require_fits(ragged, sizes):
    """Lists as long as an axis says where it says more than 1, and no list repeated that is not: TensorFlow's complaints."""
    import tensorflow

    rows = ragged.nrows_int()
    if rows == 1 and sizes[0] > 1:
        raise NotImplementedError("a ragged tensor of one row is not repeated here")
    if sizes[0] not in (1, rows):
        tensorflow.debugging.assert_equal(tensorflow.constant(False), tensorflow.constant(True))
    whole, count = sizes[0] == rows, rows
    for size, splits in zip(sizes[1:], ragged.nested_row_splits):
        if size != 1:
            wanted = tensorflow.constant([row * size for row in range(count + 1)], splits.dtype)
            tensorflow.debugging.assert_equal(wanted, splits)
            if not whole:
                tensorflow.debugging.assert_equal([size * sizes[0]], [int(splits[-1])],
                                                  message="Last row partition does not match flat_values.")
        count = int(splits[-1])
        whole = whole and size * (len(splits) - 1) == count


def install():
    for name in ("add sub mul truediv floordiv mod pow radd rsub rmul rtruediv rfloordiv rmod rpow eq ne lt le gt ge and or "
                 "xor").split():
        setattr(RaggedTensor, f"__{name}__", _on_values(f"__{name}__", name.startswith("r")))
    for name in ("neg", "abs", "invert"):
        setattr(RaggedTensor, f"__{name}__",
                lambda self, name=name: self.with_flat_values(getattr(self.flat_values, f"__{name}__")()))
