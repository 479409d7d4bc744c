# SPDX-License-Identifier: Apache-2.0
"""tf.nn: losses, operation by operation as tensorflow/python/ops/nn_ops.py and nn_impl.py have them."""

import math

import _tapescope

from tensorflow._mathematics._operands import cast_to
from tensorflow._running._fold import folded
from tensorflow._values._errors import InvalidArgumentError

_run = _tapescope.run
_tensor = _tapescope.tensor


def _narrow(dtype):
    return dtype.name in ("float16", "bfloat16")


def _as_rows(tensor):
    if len(tensor.shape) == 2:
        return tensor
    if len(tensor.shape) == 0:
        raise InvalidArgumentError(
            "{{function_node __wrapped__Slice_device_/job:localhost/replica:0/task:0/device:CPU:0}} Expected begin[0] == 0 "
            "(got -1) and size[0] == 0 (got 1) when input.dim_size(0) == 0 [Op:Slice]"
        )
    return _run("Reshape", tensor, shape=[-1, tensor.shape[-1]])


def _moved_to_end(tensor, axis):
    rank = len(tensor.shape)
    if axis < 0:
        axis += rank
    if axis >= rank:
        raise InvalidArgumentError(
            "{{function_node __wrapped__Range_device_/job:localhost/replica:0/task:0/device:CPU:0}} Requires start <= limit "
            f"when delta > 0: {axis + 1}/{rank} [Op:Range] name: "
        )
    return _run("Transpose", tensor, perm=[i for i in range(rank) if i != axis] + [axis])


@folded("tf.nn.softmax_cross_entropy_with_logits")
def softmax_cross_entropy_with_logits(labels, logits, axis=-1, name=None):
    logits = _tensor(logits)
    labels = _tensor(labels)
    given = logits.dtype
    precise = cast_to(logits, "float32") if _narrow(given) else logits
    labels = cast_to(labels, precise.dtype)
    axis = -1 if axis is None else axis
    if axis != -1:
        precise, labels = _moved_to_end(precise, axis), _moved_to_end(labels, axis)
    shape = list(precise.shape)[:-1]
    loss = _run("SoftmaxCrossEntropyWithLogits", _as_rows(precise), _as_rows(labels)).loss
    if list(loss.shape) != shape:
        loss = _run("Reshape", loss, shape=shape)
    return cast_to(loss, given)


@folded("tf.nn.sparse_softmax_cross_entropy_with_logits")
def sparse_softmax_cross_entropy_with_logits(labels, logits, name=None):
    _require_both("sparse_softmax_cross_entropy_with_logits", labels, logits)
    labels, logits = _tensor(labels), _tensor(logits)
    given = logits.dtype
    precise = cast_to(logits, "float32") if given.name == "float16" else logits
    if len(logits.shape) == 0:
        raise ValueError(f"`logits` cannot be a scalar. Received logits={logits}`")
    if len(labels.shape) != len(logits.shape) - 1:
        raise ValueError(
            "`labels.shape.rank` must equal `logits.shape.rank - 1`. "
            f"Received: labels.shape={labels.shape} of rank {len(labels.shape)} "
            f"and logits.shape={logits.shape} of rank {len(logits.shape)}"
        )
    if list(labels.shape) != list(logits.shape)[:-1]:
        raise ValueError(
            "`labels.shape` must equal `logits.shape` except for the last dimension. "
            f"Received: labels.shape={labels.shape} and logits.shape={logits.shape}"
        )
    shape = list(labels.shape)
    if len(logits.shape) == 2:
        return cast_to(_run("SparseSoftmaxCrossEntropyWithLogits", precise, labels).loss, given)
    rows = _run("Reshape", precise, shape=[-1, logits.shape[-1]])
    loss = _run("SparseSoftmaxCrossEntropyWithLogits", rows, _run("Reshape", labels, shape=[-1])).loss
    return cast_to(_run("Reshape", loss, shape=shape), given)


def _require_both(name, labels, logits):
    if labels is None or logits is None:
        raise ValueError(
            f"Both `labels` and `logits` must be provided for {name}Received: labels={labels} and logits={logits}"
        )


def _require_same(first, second, what):
    if list(first.shape) != list(second.shape):
        raise ValueError(f"{what} must have the same shape, received ({first.shape} vs {second.shape}).")


@folded("tf.nn.sigmoid_cross_entropy_with_logits")
def sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None):
    _require_both("sigmoid_cross_entropy_with_logits", labels, logits)
    logits, labels = _tensor(logits), _tensor(labels)
    _require_same(logits, labels, "`logits` and `labels`")
    zeros = _run("ZerosLike", logits)
    positive = logits >= zeros
    relu = _run("SelectV2", positive, logits, zeros)
    negative = _run("SelectV2", positive, -logits, logits)
    return _run("AddV2", relu - logits * labels, _run("Log1p", _run("Exp", negative)))


@folded("tf.nn.weighted_cross_entropy_with_logits")
def weighted_cross_entropy_with_logits(labels, logits, pos_weight, name=None):
    logits, labels = _tensor(logits), _tensor(labels)
    _require_same(logits, labels, "`logits` and `labels`")
    weight = 1 + (pos_weight - 1) * labels
    surprise = _run("Log1p", _run("Exp", -_run("Abs", logits))) + _run("Relu", -logits)
    return _run("AddV2", (1 - labels) * logits, weight * surprise)


@folded("tf.nn.log_poisson_loss")
def log_poisson_loss(targets, log_input, compute_full_loss=False, name=None):
    log_input, targets = _tensor(log_input), _tensor(targets)
    _require_same(log_input, targets, "`log_input` and `targets`")
    result = _run("Exp", log_input) - log_input * targets
    if compute_full_loss:
        half = _tensor(0.5, targets.dtype)
        circle = _tensor(2 * math.pi, targets.dtype)
        stirling = targets * _run("Log", targets) - targets + half * _run("Log", circle * targets)
        zeros = _run("ZerosLike", targets)
        small = _run("LogicalAnd", targets >= zeros, targets <= _run("OnesLike", targets))
        result += _run("SelectV2", small, zeros, stirling)
    return result


def _require_whole(size, name):
    """A number of examples: an integer, and not negative."""
    tensor = _tensor(size)
    if len(tensor.shape) != 0:
        raise ValueError(f"{name} must be scalar..  Unexpected rank: {len(tensor.shape)}")
    if not tensor.dtype.is_integer:
        raise TypeError(
            f'{name} must be an integer..  Expected "x" to be integer type.  Found: tensor of dtype {tensor.dtype!s}'
        )
    if isinstance(size, int) and size < 0:
        raise InvalidArgumentError(
            f"{name} must be non-negative..  \nCondition x >= 0 did not hold element-wise:\n"
            f"x (shape=() dtype={tensor.dtype.name}) = \n{size}"
        )
    return tensor


@folded("tf.nn.compute_average_loss")
def compute_average_loss(per_example_loss, sample_weight=None, global_batch_size=None):
    losses = _tensor(per_example_loss)
    if len(losses.shape) == 0:
        raise ValueError(
            "Invalid value passed for `per_example_loss`. Expected a tensor with at least rank 1. "
            f"Received per_example_loss={losses} with rank 0"
        )
    given = losses.dtype
    if sample_weight is not None:
        losses = _weighted(losses, _tensor(sample_weight))
    losses = cast_to(losses, given)
    if global_batch_size is None:
        global_batch_size = losses.shape[0]
    size = cast_to(_require_whole(global_batch_size, "global_batch_size"), given)
    total = _run("Sum", losses)
    return _run("DivNoNan", total, size)


def _weighted(losses, weights):
    """losses_utils.py: weights of fewer axes apply to the leading ones."""
    losses, weights = cast_to(losses, "float32"), cast_to(weights, "float32")
    missing = len(losses.shape) - len(weights.shape)
    if missing == 1 and len(weights.shape) > 0:
        weights = _run("ExpandDims", weights, axis=-1)
    return _run("Mul", losses, weights)


@folded("tf.nn.scale_regularization_loss")
def scale_regularization_loss(regularization_loss):
    loss = _run("Sum", _tensor(regularization_loss))
    return _tapescope.quotient(loss, _tensor(1, loss.dtype))
