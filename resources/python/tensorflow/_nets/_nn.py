# SPDX-License-Identifier: Apache-2.0
"""tf.nn: activations, normalisation, dropout and look-ups that TensorFlow makes of several operations, from the same
ones."""

import contextlib
import numbers

import _tapescope

from tensorflow._arrays._arguments import slow_kernel_error, slowly
from tensorflow._chance import _randomness, _seeds, _stateless
from tensorflow._mathematics._clipping import clip_by_norm
from tensorflow._mathematics._operands import cast_to
from tensorflow._nets import _ctc, _nn_losses, _nn_pooling, _nn_windows
from tensorflow._nets._nn_definitions import require_allowed
from tensorflow._running._fold import folded
from tensorflow._surface._dispatch import nameless
from tensorflow._values._errors import AbortedError, InvalidArgumentError

_run = _tapescope.run
_tensor = _tapescope.tensor


# ---- activations


def _over_axis(op, logits, axis):
    """`op` works on the last axis: another one changes places with it."""
    logits = _tensor(logits)
    axis = -1 if axis is None else axis
    rank = len(logits.shape)
    if axis in (-1, rank - 1):
        return _run(op, logits)
    if not -rank <= axis < rank:
        raise InvalidArgumentError(
            f"`dim` must be in the range [{-rank}, {rank}) where {rank} is the number of dimensions in the input. "
            f"Received: dim={axis}"
        )
    places = list(range(rank))
    axis = int(axis) % rank
    places[axis], places[-1] = rank - 1, axis
    return _run("Transpose", _run(op, _run("Transpose", logits, perm=places)), perm=places)


def softmax(logits, axis=None, name=None):
    logits = _tensor(logits)
    if logits.dtype.name == "float32" and not 1 <= logits.shape.rank <= 5:
        # oneDNN's kernel has a limit, words and a status of its own.
        raise AbortedError(
            None, None, "{{function_node __wrapped__Softmax_device_/job:localhost/replica:0/task:0/device:CPU:0}} Input dims "
            "must be <= 5 and >=1 [Op:Softmax] name: ")
    return _over_axis("Softmax", logits, axis)


def log_softmax(logits, axis=None, name=None):
    return _over_axis("LogSoftmax", logits, axis)


def leaky_relu(features, alpha=0.2, name=None):
    features = _tensor(features)
    if features.dtype.is_integer:
        features = _run("Cast", features, dtype="float32")
    return _run("LeakyRelu", features, alpha=float(alpha))


@folded("tf.nn.crelu")
def crelu(features, axis=-1, name=None):
    features = _tensor(features)
    return _run("Relu", _run("ConcatV2", features, -features, axis=axis))


@folded("tf.nn.gelu")
def gelu(features, approximate=False, name=None):
    features = _tensor(features)
    if not features.dtype.is_floating:
        raise ValueError(
            f"`features.dtype` must be a floating point tensor.Received:features.dtype={features.dtype}"
        )
    # Numbers become float32 before they are cast, as in TensorFlow.
    if approximate:
        cubic = cast_to(_tensor(0.044715), features.dtype) * _run("Pow", features, _tensor(3.0, features.dtype))
        return 0.5 * features * (1.0 + _run("Tanh", 0.7978845608028654 * (features + cubic)))
    return 0.5 * features * _run("Erfc", -features * cast_to(_tensor(0.7071067811865476), features.dtype))


@folded("tf.nn.silu")
def silu(features, beta=1.0):
    features = _tensor(features)
    beta = cast_to(_tensor(beta), features.dtype)
    return _run("Swish", features, beta)


# ---- biases and normalisation


def bias_add(value, bias, data_format=None, name=None):
    if data_format is None:
        data_format = "NHWC"
    elif data_format.startswith("NC"):
        data_format = "NCHW"
    elif data_format.startswith("N") and data_format.endswith("C"):
        data_format = "NHWC"
    else:
        raise ValueError(
            f"`data_format` must be of the form `N...C` or `NC...`. Received: data_format={data_format}"
        )
    return _run("BiasAdd", value, bias, data_format=data_format, name=False if slowly(value, bias) else name)


def _axes(axes):
    if axes is None:
        return None
    return [int(axis) for axis in axes] if isinstance(axes, (list, tuple, range)) else [int(axes)]


@folded("tf.nn.moments")
def moments(x, axes, shift=None, keepdims=False, name=None):
    given = x.dtype
    y = _run("Cast", x, dtype="float32") if given.name == "float16" else x
    with nameless() if isinstance(axes, (list, tuple)) else contextlib.nullcontext():
        axes = _axes(axes)
        mean = _run("Mean", y, axis=axes, keepdims=True)
    gap = _run("SquaredDifference", y, _run("StopGradient", mean))
    variance = _run("Mean", gap, axis=axes, keepdims=True)
    if not keepdims:
        mean, variance = _run("Squeeze", mean, axis=axes), _run("Squeeze", variance, axis=axes)
    return cast_to(mean, given), cast_to(variance, given)


@folded("tf.nn.weighted_moments")
def weighted_moments(x, axes, frequency_weights, keepdims=False, name=None):
    x, weights = _tensor(x), _tensor(frequency_weights)
    given = x.dtype
    if given.name == "float16":
        x = _run("Cast", x, dtype="float32")
    weights = cast_to(weights, x.dtype)
    axes = _axes(axes)
    total = _run("Sum", weights * x, axis=axes, keepdims=True)
    count = _run("Sum", weights + _run("ZerosLike", x), axis=axes, keepdims=True)
    mean = _run("DivNoNan", total, count)
    gaps = _run("Sum", weights * _run("SquaredDifference", x, mean), axis=axes, keepdims=True)
    variance = _run("DivNoNan", gaps, count)
    if not keepdims:
        mean, variance = _run("Squeeze", mean, axis=axes), _run("Squeeze", variance, axis=axes)
    return cast_to(mean, given), cast_to(variance, given)


@folded("tf.nn.sufficient_statistics")
def sufficient_statistics(x, axes, shift=None, keepdims=False, name=None):
    axes = sorted(set(axes))
    x = _tensor(x)
    count = 1
    for axis in axes:
        count *= x.shape[axis]
    count = _tensor(count, x.dtype)
    if shift is None:
        first, second = x, _run("Square", x)
    else:
        shift = _tensor(shift)
        first, second = x - shift, _run("SquaredDifference", x, shift)
    first = _run("Sum", first, axis=axes, keepdims=keepdims)
    return count, first, _run("Sum", second, axis=axes, keepdims=keepdims), shift


@folded("tf.nn.normalize_moments")
def normalize_moments(counts, mean_ss, variance_ss, shift, name=None):
    divisor = _run("Reciprocal", counts)
    shifted = _run("Mul", mean_ss, divisor)
    mean = shifted if shift is None else _run("AddV2", shifted, shift)
    return mean, _run("Sub", _run("Mul", variance_ss, divisor), _run("Square", shifted))


@folded("tf.nn.batch_normalization")
def batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None):
    inverse = _run("Rsqrt", variance + variance_epsilon)
    if scale is not None:
        inverse *= scale
    x = _tensor(x)
    level = -mean * inverse if offset is None else offset - mean * inverse
    return x * cast_to(inverse, x.dtype) + cast_to(level, x.dtype)


def batch_norm_with_global_normalization(
    input, mean, variance, beta, gamma, variance_epsilon, scale_after_normalization, name=None
):
    return batch_normalization(
        input, mean, variance, beta, gamma if scale_after_normalization else None, variance_epsilon
    )


def fused_batch_norm(
    x,
    scale,
    offset,
    mean=None,
    variance=None,
    epsilon=0.001,
    data_format="NHWC",
    is_training=True,
    name=None,
    exponential_avg_factor=1.0,
):
    if (not is_training or exponential_avg_factor != 1.0) and (mean is None or variance is None):
        raise ValueError(
            "Both `mean` and `variance` must be a 1D tensor when `is_training` is False or "
            f"`exponential_avg_factor` != 1.0. Received: `mean` {mean!r} and `variance` {variance!r}"
        )
    x = _tensor(x)
    if data_format not in ("NDHWC", "NCDHW"):
        require_allowed("FusedBatchNormV3", x.dtype, data_format=data_format)
    moments_given = [_tensor([]) if one is None else _tensor(one) for one in (mean, variance)]
    result = _run(
        "FusedBatchNormV3",
        x,
        _tensor(scale),
        _tensor(offset),
        *moments_given,
        epsilon=epsilon,
        exponential_avg_factor=exponential_avg_factor,
        data_format=data_format,
        is_training=is_training,
    )
    return result.y, result.batch_mean, result.batch_variance


def local_response_normalization(input, depth_radius=5, bias=1, alpha=1, beta=0.5, name=None):
    depth_radius = 5 if depth_radius is None else depth_radius
    if depth_radius < 0:
        raise slow_kernel_error("LRN", f"depth_radius = {depth_radius} larger than int max")
    with nameless():
        return _run("LRN", input, depth_radius=depth_radius, bias=float(bias), alpha=float(alpha), beta=float(beta))


@folded("tf.math.l2_normalize")
def l2_normalize(x, axis=None, epsilon=1e-12, name=None, dim=None):
    if dim is not None:
        if axis is not None:
            raise ValueError("Cannot specify both 'dim' and 'axis'.")
        axis = dim
    x = _tensor(x)
    parts = [_run("Real", x), _run("Imag", x)] if x.dtype.is_complex else [x]
    squares = [_run("Square", part) for part in parts]
    total = _run("Sum", squares[0] if len(squares) == 1 else _run("AddV2", *squares), axis=axis, keepdims=True)
    inverse = _run("Rsqrt", _run("Maximum", total, _tensor(epsilon, total.dtype)))
    scaled = [_run("Mul", part, inverse) for part in parts]
    return scaled[0] if len(scaled) == 1 else _run("Complex", *scaled)


# ---- dropout


def _noise_shape(x, noise_shape):
    shape = list(x.shape)
    if noise_shape is None:
        return shape
    if _tapescope.is_tensor(noise_shape):
        return _tapescope.peek(noise_shape).tolist()
    if len(noise_shape) != len(shape):
        return list(noise_shape)
    return [own if size is None else size for own, size in zip(shape, noise_shape)]


def _dropped(x, rate, noise_shape, uniform, unused):
    """`uniform(shape, dtype)` draws the noise; `unused()` moves its seed on where none is needed."""
    is_number = isinstance(rate, numbers.Real)
    if is_number and (rate < 0 or rate >= 1):
        raise ValueError(f"`rate` must be a scalar tensor or a float in the range [0, 1). Received: rate={rate}")
    x = _tensor(x)
    if not x.dtype.is_floating:
        raise ValueError(
            f"`x.dtype` must be a floating point tensor as `x` will be scaled. Received: x_dtype={x.dtype}"
        )
    if is_number and rate == 0:
        unused()
        return x
    if is_number:
        scaled = _run("Mul", x, _tensor(1 / (1 - rate), x.dtype))
    elif not _tapescope.is_tensor(rate):
        raise ValueError(f"`rate` must be a scalar or scalar tensor. Received: rate={rate}")
    else:
        if len(rate.shape) != 0:
            raise ValueError(f"Shape {rate.shape} must have rank 0")
        if rate.dtype != x.dtype:
            raise ValueError(
                f"`x.dtype` must be compatible with `rate.dtype`. Received: x.dtype={x.dtype} and rate.dtype={rate.dtype}"
            )
        scaled = _run("RealDiv", x, _run("Sub", _tensor(1, x.dtype), rate))
    noise = uniform(shape=_noise_shape(x, noise_shape), dtype=x.dtype)
    kept = _run("GreaterEqual", noise, _tensor(rate, x.dtype) if is_number else rate)
    return _run("SelectV2", kept, scaled, _tensor(0, x.dtype))


@folded("tf.nn.dropout")
def dropout(x, rate, noise_shape=None, seed=None, name=None):
    def uniform(shape, dtype):
        return _randomness.uniform(shape, dtype=dtype, seed=seed)

    return _dropped(x, rate, noise_shape, uniform, lambda: _seeds.stream(seed, "unused"))


@folded("tf.nn.experimental.stateless_dropout")
def stateless_dropout(x, rate, seed, rng_alg=None, noise_shape=None, name=None):
    def uniform(shape, dtype):
        return _stateless.stateless_uniform(shape, seed, dtype=dtype)

    return _dropped(x, rate, noise_shape, uniform, lambda: None)


@folded("tf.nn.experimental.general_dropout")
def general_dropout(x, rate, uniform_sampler, noise_shape=None, name=None):
    return _dropped(x, rate, noise_shape, uniform_sampler, lambda: None)


# ---- look-ups


@folded("tf.nn.embedding_lookup")
def embedding_lookup(params, ids, max_norm=None, name=None):
    from tensorflow import gather

    if params is None:
        raise ValueError("params must be specified")
    if isinstance(params, (list, tuple)):
        if not params:
            raise ValueError("Length of params is currently 0. Need at least one param.")
        if len(params) > 1:
            # Partitions by the strategy "div" are the rows one after the other.
            from tensorflow import concat

            params = [concat(list(params), 0)]
        params = params[0]
    if hasattr(ids, "with_flat_values"):
        return ids.with_flat_values(embedding_lookup(params, ids.flat_values, max_norm))
    ids = _tensor(ids)
    found = gather(params, ids)
    if max_norm is not None:
        found = clip_by_norm(found, max_norm, axes=list(range(len(ids.shape), len(found.shape))))
    return _run("Identity", found)


def relu_layer(x, weights, biases, name=None):
    return _run("Relu", bias_add(_run("MatMul", _tensor(x), _tensor(weights)), _tensor(biases)))


def _from(module, names):
    return {name: getattr(module, name) for name in names.split()}


#: Members of tf.nn, beside the operations of the table.
NN = {
    **_from(_nn_losses, "softmax_cross_entropy_with_logits sparse_softmax_cross_entropy_with_logits"),
    **_from(_nn_losses, "sigmoid_cross_entropy_with_logits weighted_cross_entropy_with_logits log_poisson_loss"),
    **_from(_nn_losses, "compute_average_loss scale_regularization_loss"),
    **_from(_nn_windows, "conv1d conv2d conv3d convolution atrous_conv2d depthwise_conv2d separable_conv2d"),
    **_from(_nn_windows, "conv1d_transpose conv2d_transpose conv3d_transpose conv_transpose atrous_conv2d_transpose"),
    **_from(_nn_pooling, "max_pool max_pool1d max_pool2d max_pool3d max_pool_with_argmax pool dilation2d erosion2d"),
    **_from(_nn_pooling, "avg_pool avg_pool1d avg_pool2d avg_pool3d"),
    "softmax": softmax,
    "log_softmax": log_softmax,
    "leaky_relu": leaky_relu,
    "crelu": crelu,
    "gelu": gelu,
    "silu": silu,
    "swish": silu,
    "bias_add": bias_add,
    "moments": moments,
    "weighted_moments": weighted_moments,
    "sufficient_statistics": sufficient_statistics,
    "normalize_moments": normalize_moments,
    "batch_normalization": batch_normalization,
    "batch_norm_with_global_normalization": batch_norm_with_global_normalization,
    "local_response_normalization": local_response_normalization,
    "lrn": local_response_normalization,
    "l2_normalize": l2_normalize,
    "dropout": dropout,
    "embedding_lookup": embedding_lookup,
    "ctc_loss": _ctc.ctc_loss,
    "ctc_greedy_decoder": _ctc.ctc_greedy_decoder,
}

EXPERIMENTAL = {"stateless_dropout": stateless_dropout, "general_dropout": general_dropout}
MATH = {name: NN[name] for name in ("softmax", "log_softmax", "l2_normalize")}
