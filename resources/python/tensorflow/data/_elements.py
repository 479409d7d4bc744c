# SPDX-License-Identifier: Apache-2.0
"""What a dataset's elements are made of. Inside a pipeline the parts are numpy's arrays, for speed; a script gets tensors."""

import numpy

import _tapescope

from tensorflow._values import _dtypes
from tensorflow._values._errors import ALL as _errors
from tensorflow._values._shapes import TensorShape, TensorSpec

KERNEL = "{{{{function_node __wrapped__{op}{types}_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} {text} [Op:{op}] name: "


def kernel_error(kind, op, text, types=""):
    """`types`: what the kernel's name says of its dtypes."""
    return _errors[kind](None, None, KERNEL.format(op=op, types=types, text=text))


class Leaf:
    """A part of an element: its values, and the name of their dtype, which numpy may not have."""

    __slots__ = ("array", "dtype")

    def __init__(self, array, dtype):
        self.array = array if isinstance(array, (numpy.ndarray, numpy.generic)) else numpy.array(array, object)
        self.dtype = dtype

    def tensor(self):
        return _tapescope.constant(self.array, self.dtype)


def _leaf(value):
    tensor = _tapescope.tensor(value)
    return Leaf(numpy.asarray(_tapescope.peek(tensor)), tensor.dtype.name)


def gathered(value):
    """A structure of Leafs. Lists are tensors; tuples and dictionaries are structures."""
    if isinstance(value, dict):
        return {key: gathered(item) for key, item in value.items()}
    if isinstance(value, tuple):
        items = [gathered(item) for item in value]
        return type(value)(*items) if hasattr(value, "_fields") else tuple(items)
    if isinstance(value, Leaf) or hasattr(value, "_open"):
        return value
    if isinstance(value, TensorShape):
        value = value.as_list()
    return _leaf(value)


def mapped(function, element, *others):
    if isinstance(element, dict):
        return {key: mapped(function, element[key], *(other[key] for other in others)) for key in element}
    if isinstance(element, tuple):
        items = [mapped(function, *parts) for parts in zip(element, *others)]
        return type(element)(*items) if hasattr(element, "_fields") else tuple(items)
    return function(element, *others)


def flat(element):
    """Leaves; dictionaries by sorted key."""
    if isinstance(element, dict):
        return [leaf for key in sorted(element) for leaf in flat(element[key])]
    if isinstance(element, tuple):
        return [leaf for item in element for leaf in flat(item)]
    return [element]


def tensors(element):
    return mapped(lambda leaf: leaf.tensor() if isinstance(leaf, Leaf) else leaf, element)


def numbers(element):
    """As numpy has it."""
    return mapped(lambda leaf: leaf.array if leaf.array.ndim else leaf.array[()], element)


def spec_of(leaf):
    if not isinstance(leaf, Leaf):
        return leaf
    return TensorSpec(list(leaf.array.shape), _dtypes.as_dtype(leaf.dtype))


def stacked(elements, op="BatchDatasetV2"):
    """One element of several, with a first axis more."""
    first = elements[0]

    def stack(*leaves):
        shapes = {leaf.array.shape for leaf in leaves}
        if len(shapes) > 1:
            odd = next(place for place, leaf in enumerate(leaves) if leaf.array.shape != leaves[0].array.shape)
            shown = [",".join(map(str, leaf.array.shape)) for leaf in (leaves[0], leaves[odd])]
            raise kernel_error(
                "InvalidArgumentError", "IteratorGetNext",
                f"Cannot batch tensors with different shapes in component 0. First element had shape [{shown[0]}] and element "
                f"{odd} had shape [{shown[1]}].",
            )
        return Leaf(numpy.stack([leaf.array for leaf in leaves]), leaves[0].dtype)

    return mapped(stack, first, *elements[1:])


def rows(element):
    """How many parts along the first axis, which all leaves must have."""
    counts = []
    for leaf in flat(element):
        if leaf.array.ndim == 0:
            raise ValueError("Unbatching a tensor is only supported for rank >= 1")
        counts.append(leaf.array.shape[0])
    for count in counts[1:]:
        if count != counts[0]:
            raise ValueError(f"Dimensions {counts[0]} and {count} are not compatible")
    return counts[0]


def row(element, place):
    return mapped(lambda leaf: Leaf(leaf.array[place], leaf.dtype), element)
