# SPDX-License-Identifier: Apache-2.0
"""Keras 3's losses as functions: keras/src/losses/losses.py."""

import warnings

import _tapescope

from tensorflow._running._fold import folded
from tensorflow.keras import _ops

_run = _tapescope.run
_mean, _total, _tensor, _cast = _ops.mean, _ops.total, _ops.tensor, _ops.cast


def same_rank(first, second):
    """An axis of size 1 that only one of them has at its end goes, or comes to the other."""
    ranks = len(first.shape), len(second.shape)
    if ranks[0] == ranks[1] + 1 and first.shape[-1] == 1:
        if ranks[1] == 1:
            second = _run("ExpandDims", second, axis=-1)
        else:
            first = _run("Squeeze", first, axis=[-1])
    if ranks[1] == ranks[0] + 1 and second.shape[-1] == 1:
        if ranks[0] == 1:
            first = _run("ExpandDims", first, axis=-1)
        else:
            second = _run("Squeeze", second, axis=[-1])
    return first, second


def _pair(y_true, y_pred):
    y_pred = _tensor(y_pred)
    return same_rank(_tensor(y_true, y_pred.dtype), y_pred)


def _cast_pair(y_true, y_pred):
    y_pred = _tensor(y_pred)
    return _cast(y_true, y_pred.dtype), y_pred


@folded("keras.losses.mean_squared_error")
def mean_squared_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    return _mean(_run("Square", y_true - y_pred), -1)


@folded("keras.losses.mean_absolute_error")
def mean_absolute_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    return _mean(_run("Abs", y_true - y_pred), -1)


@folded("keras.losses.mean_absolute_percentage_error")
def mean_absolute_percentage_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    gap = (y_true - y_pred) / _ops.maximum(_run("Abs", y_true), _ops.EPSILON)
    return 100.0 * _mean(_run("Abs", gap), -1)


@folded("keras.losses.mean_squared_logarithmic_error")
def mean_squared_logarithmic_error(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    first, second = (_run("Log", _ops.maximum(y, _ops.EPSILON) + 1.0) for y in (y_pred, y_true))
    return _mean(_run("Square", first - second), -1)


def _unit(x, axis):
    x = _run("ExpandDims", x, axis=0) if len(x.shape) == 0 else x
    inverse = _run("Rsqrt", _total(_run("Square", x), axis, True))
    return x * _run("Minimum", inverse, _tapescope.tensor(1.0 / _ops.EPSILON, x.dtype))


@folded("keras.losses.cosine_similarity")
def cosine_similarity(y_true, y_pred, axis=-1):
    y_true, y_pred = _pair(y_true, y_pred)
    predicted = _unit(y_pred, axis)
    return -_total(_unit(y_true, axis) * predicted, axis)


@folded("keras.losses.huber")
def huber(y_true, y_pred, delta=1.0):
    y_true, y_pred = _pair(y_true, y_pred)
    delta, half = _tensor(delta, y_pred.dtype), _tensor(0.5, y_pred.dtype)
    error = y_pred - y_true
    size = _run("Abs", error)
    outside = delta * size - half * _run("Square", delta)
    return _mean(_run("SelectV2", size <= delta, half * _run("Square", error), outside), -1)


@folded("keras.losses.log_cosh")
def log_cosh(y_true, y_pred):
    y_true, y_pred = _pair(y_true, y_pred)
    log2 = _tensor(_run("Log", 2.0), y_pred.dtype)
    gap = y_pred - y_true
    return _mean(gap + _run("Softplus", gap * -2.0) - log2, -1)


@folded("keras.losses.kl_divergence")
def kl_divergence(y_true, y_pred):
    y_pred = _tensor(y_pred)
    y_true = _ops.clip(_tensor(y_true, y_pred.dtype), _ops.EPSILON, 1)
    y_pred = _ops.clip(y_pred, _ops.EPSILON, 1)
    return _total(y_true * _run("Log", y_true / y_pred), -1)


@folded("keras.losses.poisson")
def poisson(y_true, y_pred):
    y_pred = _tensor(y_pred)
    y_true = _tensor(y_true, y_pred.dtype)
    return _mean(y_pred - y_true * _run("Log", y_pred + _tensor(_ops.EPSILON, y_pred.dtype)), -1)


def _signs(labels):
    """Labels of 0 and 1 as -1 and 1; others stay."""
    binary = _run("LogicalOr", _run("Equal", labels, 0.0 * labels), _run("Equal", labels, 0.0 * labels + 1.0))
    return 2.0 * labels - 1.0 if _tapescope.peek(_run("All", binary)) else labels


def _margin(y_true, y_pred):
    y_true, y_pred = _cast_pair(y_true, y_pred)
    return _ops.maximum(1.0 - _signs(y_true) * y_pred, 0.0)


@folded("keras.losses.hinge")
def hinge(y_true, y_pred):
    return _mean(_margin(y_true, y_pred), -1)


@folded("keras.losses.squared_hinge")
def squared_hinge(y_true, y_pred):
    return _mean(_run("Square", _margin(y_true, y_pred)), -1)


@folded("keras.losses.categorical_hinge")
def categorical_hinge(y_true, y_pred):
    y_true, y_pred = _cast_pair(y_true, y_pred)
    positive = _total(y_true * y_pred, -1)
    negative = _run("Max", (1.0 - y_true) * y_pred, axis=-1)
    return _ops.maximum(negative - positive + 1.0, 0.0)


def _smoothed(y_true, y_pred, label_smoothing):
    if not label_smoothing:
        return y_true
    classes = _tapescope.tensor(y_true.shape[-1], y_pred.dtype)
    return y_true * (1.0 - label_smoothing) + label_smoothing / classes


def _check_classes(function, y_pred, axis):
    if isinstance(axis, bool):
        raise ValueError(f"`axis` must be of type `int`. Received: axis={axis} of type {type(axis)}")
    if y_pred.shape[-1] == 1:
        warnings.warn(
            f"In loss {function}, expected y_pred.shape to be (batch_size, num_classes) with num_classes > 1. "
            f"Received: y_pred.shape={y_pred.shape}. Consider using 'binary_crossentropy' if you only have 2 classes.",
            SyntaxWarning,
            stacklevel=2,
        )


@folded("keras.losses.categorical_crossentropy")
def categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_true, y_pred = _cast_pair(y_true, y_pred)
    _check_classes("categorical_crossentropy", y_pred, axis)
    y_true = _smoothed(y_true, y_pred, label_smoothing)
    return _ops.categorical_crossentropy(y_true, y_pred, from_logits, axis)


@folded("keras.losses.categorical_focal_crossentropy")
def categorical_focal_crossentropy(
    y_true, y_pred, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1
):
    y_true, y_pred = _cast_pair(y_true, y_pred)
    _check_classes("categorical_focal_crossentropy", y_pred, axis)
    y_true = _smoothed(y_true, y_pred, label_smoothing)
    if from_logits:
        y_pred = _ops.softmax(y_pred, axis)
    output = _ops.clip(y_pred / _total(y_pred, axis, True), _ops.EPSILON, 1.0 - _ops.EPSILON)
    entropy = -y_true * _run("Log", output)
    weight = _run("Pow", 1.0 - output, _tensor(gamma, output.dtype)) * alpha
    return _total(weight * entropy, axis)


def sparse_with_mask(y_true, y_pred, from_logits=False, ignore_class=None, axis=-1):
    """The loss, and where it counts (None: everywhere)."""
    if len(y_true.shape) == len(y_pred.shape) and y_true.shape[axis] == 1:
        y_true = _run("Squeeze", y_true, axis=[axis])
    if ignore_class is None:
        return _ops.sparse_categorical_crossentropy(y_true, y_pred, from_logits, axis), None
    counts = _run("NotEqual", y_true, _tensor(ignore_class, y_true.dtype))
    y_true = _ops.where(counts, y_true, 0)
    y_pred = _ops.where(_run("ExpandDims", counts, axis=axis), y_pred, 0)
    loss = _ops.sparse_categorical_crossentropy(y_true, y_pred, from_logits, axis)
    return _ops.where(counts, loss, 0.0), counts


@folded("keras.losses.sparse_categorical_crossentropy")
def sparse_categorical_crossentropy(y_true, y_pred, from_logits=False, ignore_class=None, axis=-1):
    return sparse_with_mask(y_true, y_pred, from_logits, ignore_class, axis)[0]


def _smoothed_binary(y_true, label_smoothing):
    return y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing if label_smoothing else y_true


@folded("keras.losses.binary_crossentropy")
def binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_true, y_pred = _cast_pair(y_true, y_pred)
    y_true = _smoothed_binary(y_true, label_smoothing)
    return _mean(_ops.binary_crossentropy(y_true, y_pred, from_logits), axis)


@folded("keras.losses.binary_focal_crossentropy")
def binary_focal_crossentropy(
    y_true,
    y_pred,
    apply_class_balancing=False,
    alpha=0.25,
    gamma=2.0,
    from_logits=False,
    label_smoothing=0.0,
    axis=-1,
):
    y_true, y_pred = _cast_pair(y_true, y_pred)
    y_true = _smoothed_binary(y_true, label_smoothing)
    if from_logits:
        y_pred = _run("Sigmoid", y_pred)
    entropy = _ops.binary_crossentropy(y_true, y_pred)
    right = y_true * y_pred + (1 - y_true) * (1 - y_pred)
    loss = _run("Pow", 1.0 - right, _tensor(gamma, right.dtype)) * entropy
    if apply_class_balancing:
        loss = (y_true * alpha + (1 - y_true) * (1 - alpha)) * loss
    return _mean(loss, axis)


@folded("keras.losses.dice")
def dice(y_true, y_pred, axis=None):
    y_true, y_pred = _cast_pair(y_true, y_pred)
    common = _total(y_true * y_pred, axis)
    return 1 - 2.0 * common / (_total(y_true, axis) + _total(y_pred, axis) + _ops.EPSILON)


@folded("keras.losses.tversky")
def tversky(y_true, y_pred, alpha=0.5, beta=0.5, axis=None):
    y_true, y_pred = _cast_pair(y_true, y_pred)
    common = _total(y_true * y_pred, axis)
    missed = _total((1 - y_pred) * y_true, axis)
    wrong = _total(y_pred * (1 - y_true), axis)
    return 1 - common / (common + missed * alpha + wrong * beta + _ops.EPSILON)


@folded("keras.losses.categorical_generalized_cross_entropy")
def categorical_generalized_cross_entropy(y_true, y_pred, q):
    from tensorflow import one_hot

    right = _cast(one_hot(_cast(y_true, "int32"), y_pred.shape[-1]), y_pred.dtype)
    return (1 - _run("Pow", _total(y_pred * right, -1), _tensor(q, y_pred.dtype))) / q


def _one_label(labels, others, remove_diagonal):
    """Which pairs have one label, and which two."""
    first, second = _run("Reshape", labels, shape=[-1, 1]), _run("Reshape", others, shape=[1, -1])
    same = _run("Equal", first, second)
    other = _run("LogicalNot", same)
    if remove_diagonal:
        count = labels.shape[0]
        places = _run("Range", *(_tapescope.tensor(number, "int32") for number in (0, count, 1)))
        own = _run("Equal", _run("Reshape", places, shape=[-1, 1]), _run("Reshape", places, shape=[1, -1]))
        same = _run("LogicalAnd", same, _run("LogicalNot", own))
    return same, other


@folded("keras.losses.circle")
def circle(y_true, y_pred, ref_labels=None, ref_embeddings=None, remove_diagonal=True, gamma=80, margin=0.4):
    """Sun and others, 2020, over cosine distances of embeddings of length 1."""
    import tensorflow as tf

    y_pred, labels = _tensor(y_pred), _cast(y_true, "int32")
    others = labels if ref_labels is None else _cast(ref_labels, "int32")
    embeddings = y_pred if ref_embeddings is None else _tensor(ref_embeddings)
    distances = tf.maximum(1 - tf.matmul(y_pred, tf.transpose(embeddings)), 0.0)
    same, other = _one_label(labels, others, remove_diagonal)
    near, far = (_run("Cast", mask, dtype=distances.dtype.name) for mask in (same, other))
    near = tf.maximum((margin + distances) * near, 0.0) * (margin - distances) * -gamma
    far = tf.maximum((1 + margin - distances) * far, 0.0) * (1 - margin - distances) * gamma
    sides = (tf.reduce_logsumexp(tf.where(mask, value, float("-inf")), axis=1) for mask, value in ((same, near), (other, far)))
    return tf.math.softplus(sum(sides))


@folded("keras.losses.ctc")
def ctc(y_true, y_pred):
    if len(y_true.shape) != 2:
        raise ValueError(
            "Targets `y_true` are expected to be a tensor of shape `(batch_size, max_length)` in integer format. Received: "
            f"y_true.shape={tuple(y_true.shape)}"
        )
    if len(y_pred.shape) != 3:
        raise ValueError(
            "Logits `y_pred` are expected to be a tensor of shape `(batch_size, max_length, num_classes)`. Received: "
            f"y_pred.shape={tuple(y_pred.shape)}"
        )
    import numpy
    from tensorflow._nets import _ctc

    labels, logits = numpy.asarray(_tensor(y_true)).astype("int32"), _tensor(y_pred)
    kept = logits.dtype if logits.dtype.name in ("float32", "float64") else "float32"
    frames = numpy.full(logits.shape[0], logits.shape[1])
    loss = _ctc.ctc_loss(labels, _cast(logits, "float32"), (labels != 0).sum(1), frames, False, blank_index=0)
    return _cast(loss, kept)
