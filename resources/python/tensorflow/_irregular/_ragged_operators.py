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


def _spread(ragged, tensor):
    """A dense tensor of one value (or one row of them) for each row, repeated for each element."""
    shape = tensor.shape
    if shape.rank >= 2 and shape[1] == 1:
        rows = ragged.value_rowids() if shape[0] > 1 else None
        flat = _tapescope.run("Reshape", tensor, shape=[shape[0], *shape[2:]])
        if rows is None:
            return flat
        from tensorflow._arrays import _array

        return _array.NAMES["gather"](flat, rows)
    return RaggedTensor.from_tensor(tensor).flat_values


def install():
    for name in ("add sub mul truediv floordiv mod pow radd rsub rmul rtruediv rfloordiv rmod rpow eq ne lt le gt ge and or "
                 "xor").split():
        setattr(RaggedTensor, f"__{name}__", _on_values(f"__{name}__", name.startswith("r")))
    for name in ("neg", "abs", "invert"):
        setattr(RaggedTensor, f"__{name}__",
                lambda self, name=name: self.with_flat_values(getattr(self.flat_values, f"__{name}__")()))
