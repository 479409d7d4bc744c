# SPDX-License-Identifier: Apache-2.0
"""What Keras' losses and activations are made of: keras/src/backend/tensorflow, over the engine's operations."""

import warnings

import _tapescope

from tensorflow._mathematics import _clipping
from tensorflow._nets import _nn, _nn_losses

run = _tapescope.run

EPSILON = 1e-7
#: What went into a softmax or a sigmoid of Keras, by the number of the tensor that came out: the newest few.
_logits = {}
_KEPT = 64


class _Float:
    name = "float32"  # of what has no dtype of its own; set_floatx() sets another


def floatx():
    return _Float.name


def named(dtype):
    return getattr(dtype, "name", dtype)


def tensor(value, dtype=None):
    """keras.ops.convert_to_tensor: tensors of another dtype are cast."""
    dtype = named(dtype)
    if not _tapescope.is_tensor(value):
        if dtype != "bool" or isinstance(value, bool):
            return _tapescope.tensor(value, dtype)
        value = _tapescope.tensor(value, None)
    if dtype is not None and value.dtype.name != dtype:
        return run("Cast", value, dtype=dtype)
    return value


def cast(value, dtype):
    return tensor(_tapescope.tensor(value, None) if not _tapescope.is_tensor(value) else value, dtype)


def floating(value):
    """As float32 where it is not floating."""
    value = tensor(value)
    return value if value.dtype.is_floating else run("Cast", value, dtype=floatx())


def mean(value, axis=None, keepdims=False):
    """Of halves, as float32 on the way."""
    value = floating(value)
    if value.dtype.size >= 4:
        return run("Mean", value, axis=axis, keepdims=keepdims)
    wide = run("Cast", value, dtype="float32")
    return run("Cast", run("Mean", wide, axis=axis, keepdims=keepdims), dtype=value.dtype.name)


def total(value, axis=None, keepdims=False):
    return run("Sum", tensor(value), axis=axis, keepdims=keepdims)


def clip(value, low, high):
    return _clipping.clip_by_value(value, low, high)


def maximum(value, number):
    value = floating(value) if isinstance(number, float) else value
    return run("Maximum", value, _tapescope.tensor(number, value.dtype))


def where(condition, value, other):
    """`other` may be a number of Python's."""
    other = other if _tapescope.is_tensor(other) else _tapescope.tensor(other, value.dtype)
    return run("SelectV2", condition, value, other)


def came_from(output, logits):
    """Remembers the logits, which cross entropies look for."""
    _logits[output._id] = logits
    if len(_logits) > _KEPT:
        del _logits[next(iter(_logits))]
    return output


def logits_of(output, from_logits, kind, function):
    known = _logits.get(getattr(output, "_id", None))
    if known is None:
        return output, from_logits
    if from_logits:
        warnings.warn(
            f'"`{function}` received `from_logits=True`, but the `output` argument was produced by a {kind} activation '
            'and thus does not represent logits. Was this intended?',
            stacklevel=2,
        )
    return known, True


def _require_shapes(target, output):
    shapes = f"Received: target.shape={target.shape}, output.shape={output.shape}"
    if len(target.shape) != len(output.shape):
        raise ValueError(f"Arguments `target` and `output` must have the same rank (ndim). {shapes}")
    if list(target.shape) != list(output.shape):
        raise ValueError(f"Arguments `target` and `output` must have the same shape. {shapes}")


def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    target, output = tensor(target), tensor(output)
    if len(target.shape) < 1:
        raise ValueError(
            "Arguments `target` and `output` must be at least rank 1. "
            f"Received: target.shape={target.shape}, output.shape={output.shape}"
        )
    _require_shapes(target, output)
    output, from_logits = logits_of(output, from_logits, "Softmax", "categorical_crossentropy")
    if from_logits:
        return _nn_losses.softmax_cross_entropy_with_logits(target, output, axis)
    output = output / total(output, axis, True)
    output = clip(output, EPSILON, 1.0 - EPSILON)
    return -total(target * run("Log", output), axis)


def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    if axis not in (-1, len(output.shape) - 1):
        raise ValueError(f"Only axis=-1 is currently supported. Received: axis={axis}")
    output, from_logits = logits_of(output, from_logits, "Softmax", "sparse_categorical_crossentropy")
    target = cast(target, "int64")
    output = tensor(output)
    if len(target.shape) == len(output.shape) and target.shape[-1] == 1:
        target = run("Squeeze", target, axis=[-1])
    shapes = f"target.shape={target.shape}, output.shape={output.shape}"
    if len(output.shape) < 1:
        raise ValueError(f"Argument `output` must be at least rank 1. Received: output.shape={output.shape}")
    if len(target.shape) != len(output.shape) - 1:
        raise ValueError(f"Argument `output` must have rank (ndim) `target.ndim - 1`. Received: {shapes}")
    if list(target.shape) != list(output.shape)[:-1]:
        raise ValueError(
            f"Arguments `target` and `output` must have the same shape up until the last dimension: {shapes}"
        )
    if not from_logits:
        output = run("Log", clip(output, EPSILON, 1 - EPSILON))
    return _nn_losses.sparse_softmax_cross_entropy_with_logits(target, output)


def binary_crossentropy(target, output, from_logits=False):
    target, output = tensor(target), tensor(output)
    _require_shapes(target, output)
    output, from_logits = logits_of(output, from_logits, "Sigmoid", "binary_crossentropy")
    if from_logits:
        return _nn_losses.sigmoid_cross_entropy_with_logits(target, output)
    output = clip(output, EPSILON, 1.0 - EPSILON)
    loss = target * run("Log", output)
    loss += (1 - target) * run("Log", 1 - output)
    return -loss


def over_axes(function, x, axes):
    """`function` over several axes as one: they go to the end, are one axis, and come back."""
    rank = len(x.shape)
    axes = [axis % rank for axis in axes]
    order = [axis for axis in range(rank) if axis not in axes] + axes
    moved = run("Transpose", x, perm=order)
    flat = run("Reshape", moved, shape=[*list(moved.shape)[: rank - len(axes)], -1])
    back = [order.index(axis) for axis in range(rank)]
    return run("Transpose", run("Reshape", function(flat), shape=list(moved.shape)), perm=back)


def softmax(x, axis=-1):
    if isinstance(axis, (tuple, list)):
        return came_from(over_axes(_nn.softmax, tensor(x), axis), x)
    if isinstance(axis, int) and -len(x.shape) <= axis < len(x.shape) and x.shape[axis] == 1:
        warnings.warn(
            f"You are using a softmax over axis {axis} of a tensor of shape {x.shape}. This axis has size 1. The softmax "
            "operation will always return the value 1, which is likely not what you intended. Did you mean to use a "
            "sigmoid instead?"
        )
    if axis is None:
        return came_from(run("Reshape", _nn.softmax(run("Reshape", x, shape=[-1])), shape=x.shape), x)
    return came_from(_nn.softmax(x, axis), x)
