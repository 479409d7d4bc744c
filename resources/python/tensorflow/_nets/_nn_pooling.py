# SPDX-License-Identifier: Apache-2.0
"""tf.nn: poolings, with the arguments that tensorflow/python/ops/nn_ops.py takes."""

import numpy

import _tapescope

from tensorflow._nets._nn_definitions import require_allowed, require_length
from tensorflow._nets._nn_windows import channels_first, paddings, rates_of, sequence, tensor, text
from tensorflow._running._fold import folded

_run = _tapescope.run


def _pool(op, value, n, ksize, strides, padding, data_format):
    data_format = data_format or ("NHWC", "NDHWC")[n - 2]
    placement = padding if isinstance(padding, dict) else {"padding": text(padding)}
    value = tensor(value)
    require_allowed(op, value.dtype, padding=placement["padding"], data_format=data_format)
    return _run(op, value, ksize=ksize, strides=strides, data_format=data_format, **placement)


def _pool1d(op, input, ksize, strides, padding, data_format):
    data_format = data_format or "NWC"
    first = channels_first(data_format)
    ksize = [1] + sequence(ksize, 1, first, "ksize")
    strides = [1] + sequence(strides, 1, first, "strides")
    at = 1 if data_format == "NWC" else 2
    value = _run("ExpandDims", tensor(input), axis=at)
    result = _pool(op, value, 2, ksize, strides, padding, "NHWC" if data_format == "NWC" else "NCHW")
    return _run("Squeeze", result, axis=[at])


@folded("tf.nn.max_pool1d")
def max_pool1d(input, ksize, strides, padding, data_format="NWC", name=None):
    return _pool1d("MaxPool", input, ksize, strides, paddings(padding, 3), data_format)


@folded("tf.nn.avg_pool1d")
def avg_pool1d(input, ksize, strides, padding, data_format="NWC", name=None):
    return _pool1d("AvgPool", input, ksize, strides, padding, data_format)


def _windows(n, ksize, strides, data_format):
    first = data_format is not None and channels_first(data_format)
    return sequence(ksize, n, first, "ksize"), sequence(strides, n, first, "strides")


def max_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None):
    ksize, strides = _windows(2, ksize, strides, data_format)
    return _pool("MaxPool", input, 2, ksize, strides, paddings(padding), data_format)


def avg_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None):
    ksize, strides = _windows(2, ksize, strides, data_format)
    return _pool("AvgPool", input, 2, ksize, strides, padding, data_format)


def max_pool3d(input, ksize, strides, padding, data_format="NDHWC", name=None):
    ksize, strides = _windows(3, ksize, strides, data_format)
    return _pool("MaxPool3D", input, 3, ksize, strides, padding, data_format)


def avg_pool3d(input, ksize, strides, padding, data_format="NDHWC", name=None):
    ksize, strides = _windows(3, ksize, strides, data_format)
    return _pool("AvgPool3D", input, 3, ksize, strides, padding, data_format)


def _by_rank(input, pools):
    n = len(input.shape) - 2
    if not 1 <= n <= 3:
        raise ValueError(f"`input.shape.rank` must be 3, 4 or 5. Received: input.shape={input.shape} of rank {n + 2}.")
    return pools[n - 1]


def max_pool(input, ksize, strides, padding, data_format=None, name=None):
    pool = _by_rank(input, (max_pool1d, max_pool2d, max_pool3d))
    if isinstance(padding, (list, tuple)) and pool is max_pool3d:
        raise ValueError(
            f"Explicit padding is not supported with an input tensor of rank 5. Received: padding={padding}"
        )
    return pool(input, ksize, strides, padding, data_format)


def avg_pool(input, ksize, strides, padding, data_format=None, name=None):
    return _by_rank(input, (avg_pool1d, avg_pool2d, avg_pool3d))(input, ksize, strides, padding, data_format)


def max_pool_with_argmax(
    input,
    ksize,
    strides,
    padding,
    data_format="NHWC",
    output_dtype="int64",
    include_batch_in_index=False,
    name=None,
):
    if data_format != "NHWC":
        raise ValueError(f"`data_format` values other  than 'NHWC' are not supported. Received: data_format={data_format}")
    ksize, strides = _windows(2, ksize, strides, None)
    pooled = _run(
        "MaxPoolWithArgmax",
        input,
        ksize=ksize,
        strides=strides,
        padding=text(padding),
        include_batch_in_index=include_batch_in_index,
    )
    if getattr(output_dtype, "name", output_dtype) == "int64":
        return pooled
    return pooled._replace(argmax=_run("Cast", pooled.argmax, dtype=output_dtype))


def pool(input, window_shape, pooling_type, strides=None, padding="VALID", data_format=None, dilations=None, name=None):
    value = tensor(input)
    n = len(window_shape)
    if n < 1 or n > 3:
        raise ValueError(
            f"`len(window_shape)` must be 1, 2, or 3. Received: window_shape={window_shape} of length {n}"
        )
    if len(value.shape) != n + 2:
        raise ValueError(f"Shape {value.shape} must have rank {n + 2}")
    strides, rates = rates_of(n, strides, dilations)
    if padding == "SAME" and any(rate > 1 for rate in rates):
        raise ValueError(
            "pooling with 'SAME' padding is not implemented for `dilation_rate` > 1. "
            f"Received: padding={padding} and dilation_rate={numpy.array(rates)}"
        )
    if any(step > size for step, size in zip(strides, window_shape)):
        raise ValueError(
            "`strides` > `window_shape` not supported due to inconsistency between CPU and GPU implementations. "
            f"Received: strides={numpy.array(strides)} and window_shape={window_shape}"
        )
    pools = {"MAX": (max_pool1d, max_pool2d, max_pool3d), "AVG": (avg_pool1d, avg_pool2d, avg_pool3d)}
    if pooling_type not in pools:
        raise ValueError(f"{n}-D {pooling_type} pooling is not supported.")
    run = pools[pooling_type][n - 1]
    if all(rate == 1 for rate in rates):
        return run(value, list(window_shape), strides, padding, data_format)
    if data_format is not None and channels_first(data_format):
        raise NotImplementedError("tf.nn.pool with dilations of channels-first pictures is not there yet")
    return _pooled_apart(value, lambda x: run(x, list(window_shape), strides, padding, data_format), rates)


def _pooled_apart(value, run, rates):
    """Pixels that a dilated window sees together are brought together: nn_ops.py with_space_to_batch."""
    from tensorflow import batch_to_space, space_to_batch

    missing = [[0, -size % rate] for size, rate in zip(list(value.shape)[1:-1], rates)]
    return batch_to_space(run(space_to_batch(value, rates, missing)), rates, missing)


def _dilated(value, filters, strides, dilations, padding):
    placed = {}
    for attribute, given in (("strides", strides), ("rates", dilations)):
        if given is not None and not isinstance(given, (list, tuple)):
            raise TypeError(f"Expected list for '{attribute}' argument to 'dilation2d' Op, not {given!r}.")
        placed[attribute] = [int(size) for size in given or ()]
        require_length("Dilation2D", value.dtype, attribute, placed[attribute], 4)
    require_allowed("Dilation2D", value.dtype, padding=text(padding))
    return _run("Dilation2D", value, filters, padding=text(padding), **placed)


def dilation2d(input, filters, strides, padding, data_format, dilations, name=None):
    if data_format != "NHWC":
        raise ValueError(f"`data_format` values other  than 'NHWC' are not supported. Received: data_format={data_format}")
    return _dilated(tensor(input), filters, strides, dilations, padding)


@folded("tf.nn.erosion2d")
def erosion2d(value, filters, strides, padding, data_format, dilations, name=None):
    from tensorflow import reverse

    if data_format != "NHWC":
        raise ValueError(f"`data_format` values other  than 'NHWC' are not supported. Received: data_format={data_format}")
    turned = reverse(tensor(filters), [0, 1])
    return -_dilated(-tensor(value), turned, strides, dilations, padding)
