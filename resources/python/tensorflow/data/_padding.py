# SPDX-License-Identifier: Apache-2.0
"""What padded_batch() fills up, and with what: checked against the spec of a dataset's elements, part by part."""

import itertools

import numpy

import _tapescope

from tensorflow._values._shapes import TensorShape, TensorSpec, as_shape
from tensorflow.data import _elements
from tensorflow.data._elements import Leaf, mapped


class Padding:
    """Shapes and values for elements of this spec; their structures are those of the spec."""

    def __init__(self, spec, shapes, values):
        self._asked = shapes is not None
        if shapes is None:
            shapes = mapped(lambda one: getattr(one, "shape", TensorShape([])), spec)
            for place, shape in enumerate(_elements.flat(shapes)):
                if not shape:
                    raise ValueError(f"You must provide `padded_shapes` argument because component {place} has unknown rank.")
        _each(_check_type, spec)
        values = _with_defaults(values, spec)
        _fit(spec, shapes)
        shapes = _each(_shape_of, spec, shapes)
        if _nested(spec) and not _nested(values):
            values = mapped(lambda _, value=values: value, spec)
        _fit(spec, values)
        values = _each(_value_of, spec, values)
        places = itertools.count()
        self._parts = _each(lambda one, shape, value: _Part(next(places), shape, value, one.dtype), spec, shapes, values)

    def spec(self, size):
        return mapped(lambda part: TensorSpec([size, *part.shape], part.dtype), self._parts)

    def together(self, elements):
        """One element of several, with a first axis more and what is shorter filled up."""
        count = len(_elements.flat(elements[0]))

        def padded(part, *leaves):
            wanted = part.shape if self._asked else [None] * len(part.shape)
            return Leaf(_padded(part, wanted, [leaf.array for leaf in leaves], count), part.dtype.name)

        return mapped(padded, self._parts, *elements)


class _Part:
    __slots__ = ("place", "shape", "value", "dtype")

    def __init__(self, *fields):
        self.place, self.shape, self.value, self.dtype = fields


def open_spec(element):
    """Of an element alone: all sizes are open."""
    return mapped(lambda one: TensorSpec([None] * one.shape.rank, one.dtype) if isinstance(one, TensorSpec) else one,
                  mapped(_elements.spec_of, element))


def _padded(part, shape, arrays, count):
    size = [wanted or 0 for wanted in shape]
    for array in arrays:
        if array.ndim != len(size):
            raise _elements.kernel_error(
                "InvalidArgumentError", "IteratorGetNext",
                f"All elements in a batch must have the same rank as the padded shape for component{part.place}: expected rank "
                f"{len(size)} but got element with rank {array.ndim}", f"_output_types_{count}",
            )
        for axis, (own, wanted) in enumerate(zip(array.shape, shape)):
            if wanted is not None and own > wanted:
                raise _elements.kernel_error(
                    "DataLossError", "IteratorGetNext", "Attempted to pad to a smaller size than the input element.",
                    f"_output_types_{count}",
                )
            size[axis] = max(size[axis], own)
    whole = numpy.empty((len(arrays), *size), arrays[0].dtype)
    whole[...] = part.value
    for place, array in enumerate(arrays):
        whole[(place, *map(slice, array.shape), ...)] = array
    return whole


# ---- structures: tuples and dictionaries; a list is a tensor


def _nested(tree):
    return isinstance(tree, (tuple, dict))


def _each(function, spec, *trees):
    """Like mapped(), called in the order of flat()."""
    if isinstance(spec, dict):
        made = {key: _each(function, spec[key], *(tree[key] for tree in trees)) for key in sorted(spec)}
        return {key: made[key] for key in spec}
    if isinstance(spec, tuple):
        items = [_each(function, *parts) for parts in zip(spec, *trees)]
        return type(spec)(*items) if hasattr(spec, "_fields") else tuple(items)
    return function(spec, *trees)


def _fit(shallow, tree):
    """Whether `tree` has the structure of `shallow`, and perhaps more below."""
    if not _nested(shallow):
        return
    if not _nested(tree):
        raise TypeError(
            f"If shallow structure is a sequence, input must also be a sequence. Input has type: '{type(tree).__name__}'."
        )
    if not isinstance(tree, type(shallow)):
        raise TypeError(
            f"The two structures don't have the same sequence type. Input structure has type '{type(tree).__name__}', while "
            f"shallow structure has type '{type(shallow).__name__}'."
        )
    if len(tree) != len(shallow):
        raise ValueError(
            f"The two structures don't have the same sequence length. Input structure has length {len(tree)}, while shallow "
            f"structure has length {len(shallow)}."
        )
    if isinstance(shallow, dict):
        if set(tree) != set(shallow):
            raise ValueError(
                f"The two structures don't have the same keys. Input structure has keys {list(tree)}, while shallow structure "
                f"has keys {list(shallow)}."
            )
        shallow, tree = (tuple(one[key] for key in sorted(shallow)) for one in (shallow, tree))
    for one, other in zip(shallow, tree):
        _fit(one, other)


# ---- one part


def _check_type(spec):
    if isinstance(spec, TensorSpec):
        return
    if hasattr(spec, "_open") or type(spec).__name__ == "DatasetSpec":
        raise TypeError("`padded_batch` is not supported for datasets of datasets")
    raise TypeError(
        "`padded_batch` is only supported for datasets that produce tensor elements but type spec of elements in the input "
        f"dataset is not a subclass of TensorSpec: `{spec}`."
    )


def _default(spec):
    name = spec.dtype.name
    return "" if name == "string" else _tapescope.tensor(0, name) if name == "bfloat16" else numpy.zeros((), name)


def _with_defaults(values, spec):
    defaults = mapped(_default, spec)
    if values is None:
        return defaults
    _fit(values, defaults)
    return mapped(lambda value, default: default if value is None else value, values, defaults)


def _as_tensor(given):
    """Of int64 where that is possible."""
    try:
        return _tapescope.tensor(given, "int64")
    except (TypeError, ValueError):
        return _tapescope.tensor(given)


def _shape_of(spec, given):
    """A list of sizes; None is the longest of a batch."""
    try:
        shape = TensorShape(as_shape(given).as_list())
    except (TypeError, ValueError) as error:
        tensor = _as_tensor(given)
        if len(tensor.shape) != 1:
            raise ValueError(
                f"Padded shape {given} must be a `tf.int64` vector tensor, but its shape was {tensor.shape}."
            ) from error
        if tensor.dtype.name != "int64":
            raise TypeError(
                f"Padded shape {given} must be a `tf.int64` vector tensor, but its element type was {tensor.dtype.name}."
            ) from error
        shape = TensorShape([None if size == -1 else size for size in _tapescope.peek(tensor).tolist()])
    if not _can_hold(shape, spec.shape):
        raise ValueError(
            f"The padded shape {shape} is not compatible with the shape {spec.shape} of the corresponding input component."
        )
    return shape.as_list()


def _can_hold(padded, shape):
    if shape.rank is None:
        return True
    return padded.rank == shape.rank and all(
        wanted is None or own is None or wanted >= own for wanted, own in zip(padded.as_list(), shape.as_list())
    )


def _value_of(spec, given):
    tensor = _tapescope.tensor(given)
    if len(tensor.shape):
        raise ValueError(f"Invalid `padding_values`. `padding_values` values should be scalars, but got {tensor.shape}.")
    if tensor.dtype != spec.dtype:
        raise TypeError(
            f"Invalid `padding_values`. `padding_values` values type {tensor.dtype} does not match type {spec.dtype} of the "
            "corresponding input component."
        )
    return _tapescope.peek(tensor)
