# SPDX-License-Identifier: Apache-2.0
"""Layers that make one tensor of several."""

import _tapescope

from tensorflow import linalg
from tensorflow.keras import _masks, _symbols
from tensorflow.keras.layers import _dot
from tensorflow.keras.layers._base import Layer

_run = _tapescope.run


def _broadcast(one, other):
    """The shape of both together, as far as it is known."""
    if one is None or other is None:
        return None
    if len(one) < len(other):
        one, other = other, one
    if not other:
        return one
    shape = list(one[: -len(other)])
    for a, b in zip(one[-len(other):], other):
        if a is None or b is None:
            shape.append(None)
        elif a != b and 1 not in (a, b):
            raise ValueError(f"Inputs have incompatible shapes. Received shapes {one} and {other}")
        else:
            shape.append(b if a == 1 else a)
    return tuple(shape)


def _check_masks(inputs, mask, received):
    if not isinstance(mask, (tuple, list)):
        raise ValueError(f"`mask` should be a list. Received{received}{mask}")
    if not isinstance(inputs, (tuple, list)):
        raise ValueError(f"`inputs` should be a list. Received: inputs={inputs}")
    if len(mask) != len(inputs):
        raise ValueError(
            f"The lists `inputs` and `mask` should have the same length. Received: inputs={inputs} of length {len(inputs)}, and "
            f"mask={mask} of length {len(mask)}"
        )


def _any_of(masks):
    result = masks[0]
    for one in masks[1:]:
        result = _run("LogicalOr", *(_run("Cast", each, dtype="bool") for each in (result, one)))
    return result


def _spread(mask, value):
    """A mask for each number of what it belongs to; None where there is none."""
    from tensorflow import broadcast_to

    return None if mask is None else broadcast_to(_run("ExpandDims", mask, axis=-1), value.shape)


def _marked(output, mask):
    """The output, of which a step counts where one of its numbers does."""
    return output if mask is None else _masks.put(output, _run("Any", mask, axis=[-1], keepdims=False))


def _with_masks(merge, inputs):
    """Steps that do not count are taken from the other input."""
    from tensorflow import where

    output, known = inputs[0], _spread(_masks.of(inputs[0]), inputs[0])
    for value in inputs[1:]:
        mask = _spread(_masks.of(value), value)
        if mask is not None:
            value = where(mask, value, output)
        if known is not None:
            output = where(known, output, value)
        known = None if mask is None or known is None else _any_of([known, mask])
        output = merge(output, value)
    return _marked(output, known)


class Merge(Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def _elementwise(self, shapes):
        shape = shapes[0][1:]
        for one in shapes[1:]:
            shape = _broadcast(shape, one[1:])
        return shape

    def build(self, input_shape):
        if not isinstance(input_shape[0], (tuple, list)):
            raise ValueError(
                f"A merge layer should be called on a list of inputs. Received: input_shape={input_shape} (not a list of shapes)"
            )
        sizes = {shape[0] for shape in input_shape if shape} - {None}
        if len(sizes) > 1:
            raise ValueError(f"Cannot merge tensors with different batch sizes. Received tensors with shapes {input_shape}")
        self._elementwise(input_shape)

    def call(self, inputs):
        if not isinstance(inputs, (list, tuple)):
            raise ValueError(
                f"A merge layer should be called on a list of inputs. Received: inputs={inputs} (not a list of tensors)"
            )
        rank = max(len(value.shape) for value in inputs)
        raised = []
        for value in inputs:
            while len(value.shape) < rank and self._raises:
                value = _run("ExpandDims", value, axis=1)
            raised.append(value)
        return self._merge(raised)

    _raises = True

    def _merge(self, inputs):
        result = inputs[0]
        for value in inputs[1:]:
            result = self._two(result, value)
        return result

    def compute_output_shape(self, input_shape):
        sizes = {shape[0] for shape in input_shape if shape is not None} - {None}
        return (sizes.pop() if len(sizes) == 1 else None, *self._elementwise(input_shape))

    def compute_output_spec(self, inputs):
        return _symbols.KerasTensor(self.compute_output_shape([one.shape for one in inputs]), self.compute_dtype)

    def compute_mask(self, inputs, mask=None):
        if mask is None:
            return None
        _check_masks(inputs, mask, ": mask=")
        return None if any(one is None for one in mask) else _any_of(mask)


class Add(Merge):
    def _two(self, one, other):
        return one + other


class Multiply(Merge):
    def _merge(self, inputs):
        """Steps that do not count are ones, and zeros where they count in no input."""
        from tensorflow import ones_like, where, zeros_like

        masks = [_spread(_masks.of(value), value) for value in inputs]
        output = None
        for value, mask in zip(inputs, masks):
            value = value if mask is None else where(mask, value, ones_like(value))
            output = value if output is None else output * value
        if any(mask is None for mask in masks):
            return output
        known = _any_of(masks)
        return _marked(where(known, output, zeros_like(output)), known)


class Maximum(Merge):
    def _merge(self, inputs):
        return _with_masks(lambda one, other: _run("Maximum", one, other), inputs)


class Minimum(Merge):
    def _merge(self, inputs):
        return _with_masks(lambda one, other: _run("Minimum", one, other), inputs)


class Average(Add):
    def _merge(self, inputs):
        return super()._merge(inputs) / len(inputs)


class Subtract(Merge):
    def build(self, input_shape):
        super().build(input_shape)
        if len(input_shape) != 2:
            raise ValueError(
                f"A `Subtract` layer should be called on exactly 2 inputs. Received: input_shape={input_shape}"
            )

    def _two(self, one, other):
        return one - other


class Concatenate(Merge):
    _raises = False

    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def build(self, input_shape):
        if len(input_shape) < 1 or not isinstance(input_shape[0], (tuple, list)):
            raise ValueError(
                f"A `Concatenate` layer should be called on a list of at least 1 input. Received: input_shape={input_shape}"
            )
        rest = set()
        for shape in input_shape:
            shape = list(shape)
            if len(shape) > self.axis:
                del shape[self.axis]
            rest.add(tuple(shape))
        known = [{shape[axis] for shape in rest if len(shape) > axis} - {None} for axis in range(max(map(len, rest)))]
        if len({len(shape) for shape in rest}) != 1 or any(len(sizes) > 1 for sizes in known):
            raise ValueError(
                "A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. Received: "
                f"input_shape={input_shape}"
            )

    def _merge(self, inputs):
        from tensorflow import concat

        return concat(inputs, self.axis)

    def compute_mask(self, inputs, mask=None):
        from tensorflow import concat, ones_like, zeros_like

        if mask is None:
            return None
        _check_masks(inputs, mask, " mask=")
        if all(one is None for one in mask):
            return None
        masks = []
        for value, one in zip(inputs, mask):
            if one is None:
                one = ones_like(value, dtype="bool")
            elif len(one.shape) < len(value.shape):
                one = _run("LogicalOr", _run("ExpandDims", one, axis=-1), zeros_like(value, dtype="bool"))
            masks.append(one)
        return _run("Any", _run("Cast", concat(masks, self.axis), dtype="bool"), axis=[-1], keepdims=False)

    def compute_output_shape(self, input_shape):
        if not isinstance(input_shape, (tuple, list)) or not isinstance(input_shape[0], (tuple, list)):
            raise ValueError(
                f"A `Concatenate` layer should be called on a list of inputs. Received: input_shape={input_shape}"
            )
        shape = list(input_shape[0])
        sizes = [one[self.axis] for one in input_shape]
        shape[self.axis] = None if None in sizes else sum(sizes)
        return tuple(shape)

    def get_config(self):
        return {**super().get_config(), "axis": self.axis}


class Dot(Merge):
    _raises = False

    def __init__(self, axes, normalize=False, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(axes, int):
            if not isinstance(axes, (list, tuple)):
                raise TypeError(
                    f"Invalid type for argument `axes`: it should be a list or an int. Received: axes={axes}"
                )
            if len(axes) != 2:
                raise ValueError(f"Invalid format for argument `axes`: it should contain two elements. Received: axes={axes}")
            if not isinstance(axes[0], int) or not isinstance(axes[1], int):
                raise ValueError(f"Invalid format for argument `axes`: list elements should be integers. Received: axes={axes}")
        self.axes, self.normalize = axes, normalize

    def _axes(self, ranks):
        axes = [self.axes] * 2 if isinstance(self.axes, int) else self.axes
        return [axis % rank if axis < 0 else axis for axis, rank in zip(axes, ranks)]

    def build(self, input_shape):
        if not isinstance(input_shape[0], (tuple, list)) or len(input_shape) != 2:
            raise ValueError(f"A `Dot` layer should be called on a list of 2 inputs. Received: input_shape={input_shape}")
        one, other = input_shape
        axes = self._axes((len(one), len(other)))
        if one[axes[0]] != other[axes[1]]:
            raise ValueError(
                f"Incompatible input shapes: axis values {one[axes[0]]} (at axis {axes[0]}) != {other[axes[1]]} (at axis "
                f"{axes[1]}). Full input shapes: {one}, {other}"
            )

    def _merge(self, inputs):
        if len(inputs) != 2:
            raise ValueError(f"A `Dot` layer should be called on exactly 2 inputs. Received: inputs={inputs}")
        axes = self._axes([len(value.shape) for value in inputs])
        if self.normalize:
            inputs = [linalg.l2_normalize(value, axis=axis) for value, axis in zip(inputs, axes)]
        return _dot.batch_dot(*inputs, axes)

    def compute_output_shape(self, input_shape):
        if not isinstance(input_shape, (tuple, list)) or len(input_shape) != 2:
            raise ValueError(f"A `Dot` layer should be called on a list of 2 inputs. Received: input_shape={input_shape}")
        one, other = map(list, input_shape)
        axes = self._axes((len(one), len(other)))
        one.pop(axes[0])
        other.pop(axes[1])
        shape = one + other[1:]
        return tuple(shape + [1] if len(shape) == 1 else shape)

    def compute_mask(self, inputs, mask=None):
        return None

    def get_config(self):
        return {**super().get_config(), "axes": self.axes, "normalize": self.normalize}


def _function(cls, name):
    def merge(inputs, **kwargs):
        return cls(**kwargs)(inputs)

    merge.__name__ = merge.__qualname__ = name
    return merge


add, multiply, maximum = _function(Add, "add"), _function(Multiply, "multiply"), _function(Maximum, "maximum")
minimum, average, subtract = _function(Minimum, "minimum"), _function(Average, "average"), _function(Subtract, "subtract")


def concatenate(inputs, axis=-1, **kwargs):
    return Concatenate(axis=axis, **kwargs)(inputs)


def dot(inputs, axes=-1, **kwargs):
    return Dot(axes=axes, **kwargs)(inputs)


for _class in (Add, Multiply, Maximum, Minimum, Average, Subtract, Concatenate, Dot):
    _class.__module__ = f"keras.src.layers.merging.{_class.__name__.lower()}"
