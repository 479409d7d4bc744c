# SPDX-License-Identifier: Apache-2.0
"""Keras 3's activations: keras/src/activations/activations.py."""

import _tapescope

from tensorflow._mathematics import _clipping
from tensorflow._nets import _nn
from tensorflow._running._fold import folded
from tensorflow.keras import _ops

_run = _tapescope.run
_tensor = _ops.tensor


def _like(number, x):
    return _tapescope.tensor(number, x.dtype)


def _split(x, axis):
    from tensorflow import split

    return split(x, 2, axis=axis)


@folded("keras.activations.relu")
def relu(x, negative_slope=0.0, max_value=None, threshold=0.0):
    x = _tensor(x)
    negative = 1
    if negative_slope != 0.0:
        if max_value is None and threshold == 0:
            return _nn.leaky_relu(x, negative_slope)
        negative = _run("Relu", -x + threshold if threshold != 0 else -x)
    clipped = max_value is not None
    if threshold != 0:
        x = _ops.where(x > _like(threshold, x), x, 0)
    elif max_value == 6:
        x = _run("Relu6", x)
        clipped = False
    else:
        x = _run("Relu", x)
    if clipped:
        x = _clipping.clip_by_value(x, _like(0, x), _like(max_value, x))
    if negative_slope != 0.0:
        x -= negative_slope * negative
    return x


def leaky_relu(x, negative_slope=0.2):
    return _nn.leaky_relu(x, negative_slope)


def relu6(x):
    return _run("Relu6", x)


def softmax(x, axis=-1):
    return _ops.softmax(x, axis)


def elu(x, alpha=1.0):
    result = _run("Elu", x)
    return result if alpha == 1 else _run("SelectV2", _tensor(x) > 0.0, result, alpha * result)


def selu(x):
    return _run("Selu", x)


def softplus(x):
    return _run("Softplus", x)


def softsign(x):
    return _run("Softsign", x)


def soft_shrink(x, threshold=0.5):
    lower = _run("SelectV2", x < -threshold, x + threshold, _run("ZerosLike", x))
    return _run("SelectV2", x > threshold, x - threshold, lower)


def sparse_plus(x):
    middle = 1 / 4 * _run("Pow", x + 1, _like(2, x))
    return _run("SelectV2", x <= -1, _run("ZerosLike", x), _run("SelectV2", x < 1, middle, x))


def silu(x):
    return _nn.silu(x)


def squareplus(x, b=4):
    x = _tensor(x)
    return (x + _run("Sqrt", _run("Square", x) + _like(b, x))) / 2


def gelu(x, approximate=False):
    return _nn.gelu(_tensor(x), approximate)


def celu(x, alpha=1.0):
    return _ops.maximum(x, 0.0) + alpha * _run("Expm1", _run("Minimum", x, _like(0.0, x)) / alpha)


def glu(x, axis=-1):
    if x.shape[axis] % 2 != 0:
        raise ValueError(f"axis size must be divisible by 2. Received: x.shape={x.shape} with axis={axis}")
    first, second = _split(x, axis)
    return first * _run("Sigmoid", second)


def tanh(x):
    return _run("Tanh", _ops.floating(x))


def tanh_shrink(x):
    return x - _run("Tanh", x)


def hard_tanh(x):
    return _clipping.clip_by_value(x, -1.0, 1.0)


def hard_shrink(x, threshold=0.5):
    return _run("SelectV2", _run("Abs", x) > threshold, x, _run("ZerosLike", x))


def threshold(x, threshold, default_value):
    return _ops.where(x > threshold, x, default_value)


def sigmoid(x):
    return _ops.came_from(_run("Sigmoid", _tensor(x)), x)


def exponential(x):
    return _run("Exp", _ops.floating(x))


@folded("keras.activations.hard_sigmoid")
def hard_sigmoid(x):
    x = _tensor(x)
    return _run("Relu6", x + _like(3.0, x)) / _like(6.0, x)


def log_sigmoid(x):
    return -_run("Softplus", -_tensor(x))


def sparse_sigmoid(x):
    x = _tensor(x)
    upper = _run("SelectV2", x >= 1, _like(1.0, x), 0.5 * (x + 1))
    return _run("SelectV2", x <= -1, _like(0.0, x), upper)


def hard_silu(x):
    x = _tensor(x)
    return x * hard_sigmoid(x)


def linear(x):
    return x


@folded("keras.activations.mish")
def mish(x):
    x = _tensor(x)
    return x * _run("Tanh", _run("Softplus", x))


def log_softmax(x, axis=-1):
    if axis is None:
        return _run("Reshape", _nn.log_softmax(_run("Reshape", x, shape=[-1])), shape=x.shape)
    if isinstance(axis, (tuple, list)):
        return _ops.over_axes(_nn.log_softmax, _tensor(x), axis)
    return _nn.log_softmax(x, axis)


def sparsemax(x, axis=-1):
    """The nearest point of the probability simplex: Martins and Astudillo, 2016, algorithm 1."""
    import tensorflow as tf

    x = _tensor(x)
    size = x.shape[axis]
    shape = [1] * len(x.shape)
    shape[axis] = size
    sorted_x = tf.sort(x, direction="DESCENDING", axis=axis)
    sums = tf.cumsum(sorted_x, axis=axis)
    places = tf.reshape(tf.range(1, size + 1, dtype=x.dtype), shape)
    inside = places * sorted_x > sums - 1
    count = tf.reduce_sum(tf.cast(inside, x.dtype), axis=axis, keepdims=True)
    above = tf.reduce_sum(tf.where(inside, sorted_x, tf.zeros_like(x)), axis=axis, keepdims=True) - 1
    return tf.nn.relu(x - above / count)


swish = silu
hard_swish = hard_silu

_ALL = {
    function.__name__: function
    for function in (
        relu, leaky_relu, relu6, softmax, celu, elu, selu, softplus, softsign, squareplus, soft_shrink, sparse_plus, silu,
        gelu, glu, tanh, tanh_shrink, threshold, sigmoid, sparse_sigmoid, exponential, hard_sigmoid, hard_silu, hard_tanh,
        hard_shrink, linear, mish, log_softmax, log_sigmoid,
        sparsemax,
    )  # fmt: skip
}
_ALL.update(swish=silu, hard_swish=hard_silu)


def get(identifier):
    if identifier is None:
        return linear
    found = _ALL.get(identifier) if isinstance(identifier, str) else identifier
    if callable(found):
        return found
    raise ValueError(f"Could not interpret activation function identifier: {identifier}")


def serialize(activation):
    return activation.__name__


def deserialize(config, custom_objects=None):
    return get(config)
