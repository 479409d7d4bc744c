# SPDX-License-Identifier: Apache-2.0
"""The clip helpers, operation by operation as tensorflow/python/ops/clip_ops.py has them."""

import collections.abc

import _tapescope

from tensorflow._mathematics._operands import cast_to
from tensorflow._running._fold import folded
from tensorflow._values._slices import IndexedSlices, values_of, with_values

_run = _tapescope.run


def _like(value, tensor):
    """A number takes the dtype of the tensor; a tensor keeps its own."""
    return value if _tapescope.is_tensor(value) else _tapescope.tensor(value, tensor.dtype)


def _global_norm(tensors):
    halves = [_run("L2Loss", values_of(tensor)) for tensor in tensors if tensor is not None]
    if not halves:
        return _run("Sqrt", _tapescope.tensor(0.0, None))
    return _run("Sqrt", _run("Mul", _run("AddN", *halves), _like(2.0, halves[0])))


def _again(given, values):
    """The clipped values of slices in their rows; of a tensor as they are."""
    return with_values(given, values) if isinstance(given, IndexedSlices) else values


def _sequence(t_list):
    if not isinstance(t_list, collections.abc.Sequence) or isinstance(t_list, str):
        raise TypeError(f"`t_list` should be a sequence of tensors. Received {type(t_list)}.")
    return list(t_list)


@folded("tf.linalg.global_norm")
def global_norm(t_list, name=None):
    return _global_norm(_sequence(t_list))


@folded("tf.clip_by_global_norm")
def clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None):
    tensors = _sequence(t_list)
    norm = _global_norm(tensors) if use_norm is None else use_norm
    norm.dtype  # TensorFlow asks a number of Python's for it, too
    norm = norm if _tapescope.is_tensor(norm) else _tapescope.tensor(norm, None)
    # An infinite norm must not give a scale of zero: it makes everything NaN.
    inverse = _run("RealDiv", _like(1.0, norm), norm)
    finite = _run("Minimum", inverse, _run("RealDiv", _like(1.0, norm), _like(clip_norm, norm)))
    scale = _run("AddV2", _run("Mul", _like(clip_norm, norm), finite), _run("Sub", norm, norm))
    clipped = [None if tensor is None else _again(tensor, _run("Mul", values_of(tensor), scale)) for tensor in tensors]
    return clipped, norm


def _floor(clip_norm, tensor):
    """No norm is below zero."""
    if not _tapescope.is_tensor(clip_norm) and not isinstance(clip_norm, (list, tuple)) and not getattr(clip_norm, "shape", ()):
        return 0 if clip_norm < 0 else clip_norm
    norm = _tapescope.tensor(clip_norm, None)
    return cast_to(_run("Maximum", norm, _like(0, norm)), tensor.dtype)


@folded("tf.clip_by_norm")
def clip_by_norm(t, clip_norm, axes=None, name=None):
    tensor = _tapescope.tensor(values_of(t), None)
    clip_norm = _floor(_tapescope.tensor(clip_norm, None) if clip_norm is None else clip_norm, tensor)
    squares = _run("Sum", _run("Mul", tensor, tensor), axis=axes, keepdims=True)
    positive = _run("Greater", squares, _like(0, squares))
    safe = _run("SelectV2", positive, squares, _run("OnesLike", squares))
    norm = _run("SelectV2", positive, _run("Sqrt", safe), squares)
    scaled = _run("Mul", tensor, _like(clip_norm, tensor))
    return _again(t, _run("RealDiv", scaled, _run("Maximum", norm, _like(clip_norm, norm))))


@folded("tf.clip_by_value")
def clip_by_value(t, clip_value_min, clip_value_max, name=None):
    tensor = _tapescope.tensor(values_of(t), None)
    below = _run("Minimum", tensor, _like(clip_value_max, tensor))
    return _again(t, _run("Maximum", below, _like(clip_value_min, tensor)))
