# SPDX-License-Identifier: Apache-2.0
"""tf.nn: convolutions, with the arguments that tensorflow/python/ops/nn_ops.py takes."""

import collections.abc
import contextlib
import warnings

import numpy

import _tapescope

from tensorflow._nets._nn_definitions import require_allowed, require_length
from tensorflow._running._fold import folded
from tensorflow._surface._dispatch import nameless

_run = _tapescope.run


def sequence(value, n, first, name):
    """Sizes for batch, spatial axes and channel from one number, from one for each spatial axis, or from all."""
    if value is None:
        return [1] * (n + 2)
    value = list(value) if isinstance(value, collections.abc.Sized) else [value]
    count = len(value)
    if count == n + 2:
        return value
    if count == 1:
        value = value * n
    elif count != n:
        raise ValueError(f"{name} should be of length 1, {n} or {n + 2}. Received: {name}={value} of length {count}")
    return [1, 1] + value if first else [1] + value + [1]


def paddings(padding, expected=4):
    """The attributes padding and explicit_paddings."""
    if padding == "EXPLICIT":
        raise ValueError(
            "'EXPLICIT' is not a valid value for `padding`. To use explicit padding, `padding` must be a list."
        )
    if not isinstance(padding, (list, tuple)):
        return {"padding": text(padding)}
    explicit = []
    for i, pair in enumerate(padding):
        wrong = "When `padding` is a list, each element of `padding` must be a list/tuple of size 2. "
        if not isinstance(pair, (list, tuple)):
            raise ValueError(f"{wrong}Received: padding={padding} with element at index {i} of type {type(pair)}")
        if len(pair) != 2:
            raise ValueError(f"{wrong}Received: padding={padding} with element at index {i} of size {len(pair)}")
        explicit.extend(pair)
    if len(padding) != expected:
        raise ValueError(
            f"When padding is a list, it must be of size {expected}. Received: padding={padding} of size {len(padding)}"
        )
    return {"padding": "EXPLICIT", "explicit_paddings": explicit if expected == 4 else [0, 0] + explicit}


def text(padding):
    if not isinstance(padding, str):
        raise TypeError(f"Expected string for argument 'padding' not {padding!r}.")
    return padding


def _listed(op, strides):
    if not isinstance(strides, (list, tuple)):
        raise TypeError(f"Expected list for 'strides' argument to '{op}' Op, not {strides!r}.")
    return strides


def channels_first(data_format):
    return data_format.startswith("NC")


def tensor(value):
    return value if _tapescope.is_tensor(value) else _tapescope.tensor(value, None)


def _over_batches(value, run, inner):
    """`run` on a tensor whose leading axes have become one batch axis, where there are more than one."""
    shape = list(value.shape)
    if len(shape) <= inner + 1:
        return run(value)
    result = run(_run("Reshape", value, shape=[-1] + shape[-inner:]))
    return _run("Reshape", result, shape=shape[:-inner] + list(result.shape)[-inner:])


def _conv2d(value, filters, strides, placement, data_format, dilations):
    value = tensor(value)
    require_allowed("Conv2D", value.dtype, padding=placement["padding"], data_format=data_format)
    return _run("Conv2D", value, filters, strides=strides, data_format=data_format, dilations=dilations, **placement)


def conv2d(input, filters, strides, padding, data_format="NHWC", dilations=None, name=None):
    placement = paddings(padding)
    data_format = data_format or "NHWC"
    strides = sequence(strides, 2, channels_first(data_format), "strides")
    dilations = sequence(dilations, 2, channels_first(data_format), "dilations")
    if not hasattr(input, "shape"):
        raise AttributeError(f"'{type(input).__name__}' object has no attribute 'shape'")
    return _over_batches(input, lambda x: _conv2d(x, filters, strides, placement, data_format, dilations), 3)


def _flat_format(data_format):
    """NWC and NCW as the format of pictures of one row; where that row is put in."""
    if data_format in (None, "NHWC", "NWC"):
        return "NHWC", -3
    if data_format in ("NCHW", "NCW"):
        return "NCHW", -2
    raise ValueError(f"`data_format` must be 'NWC' or 'NCW'. Received: data_format={data_format}")


@folded("tf.nn.conv1d")
def conv1d(input, filters, stride, padding, data_format="NWC", dilations=None, name=None):
    data_format, at = _flat_format(data_format)
    first = channels_first(data_format)
    strides = [1] + sequence(stride, 1, first, "stride")
    dilations = [1] + sequence(dilations, 1, first, "dilations")
    value = _run("ExpandDims", tensor(input), axis=at)
    filters = _run("ExpandDims", tensor(filters), axis=0)
    placement = {"padding": text(padding)}
    result = _over_batches(value, lambda x: _conv2d(x, filters, strides, placement, data_format, dilations), 3)
    return _run("Squeeze", result, axis=[at])


def _conv3d(value, filters, strides, padding, data_format, dilations):
    data_format = data_format or "NDHWC"
    require_length("Conv3D", value.dtype, "strides", strides, 5)
    require_allowed("Conv3D", value.dtype, padding=text(padding), data_format=data_format)
    return _run("Conv3D", value, filters, strides=strides, padding=padding, data_format=data_format, dilations=dilations)


def conv3d(input, filters, strides, padding, data_format="NDHWC", dilations=None, name=None):
    strides = list(_listed("conv3d", strides))
    dilations = dilations or [1, 1, 1, 1, 1]
    return _over_batches(
        tensor(input), lambda x: _conv3d(x, filters, strides, padding, data_format, list(dilations)), 4
    )


def _sizes(output_shape):
    """A list of numbers, or a tensor, which the engine reads."""
    return output_shape if _tapescope.is_tensor(output_shape) else [int(size) for size in output_shape]


def conv2d_transpose(
    input, filters, output_shape, strides, padding="SAME", data_format="NHWC", dilations=None, name=None
):
    data_format = data_format or "NHWC"
    placement = paddings(padding)
    input = tensor(input)
    with nameless() if not _tapescope.is_tensor(output_shape) else contextlib.nullcontext():
        require_allowed("Conv2DBackpropInput", input.dtype, padding=placement["padding"], data_format=data_format)
        return _run(
            "Conv2DBackpropInput",
            filters,
            input,
            input_sizes=_sizes(output_shape),
            strides=sequence(strides, 2, channels_first(data_format), "strides"),
            data_format=data_format,
            dilations=sequence(dilations, 2, channels_first(data_format), "dilations"),
            **placement,
        )


@folded("tf.nn.conv1d_transpose")
def conv1d_transpose(
    input, filters, output_shape, strides, padding="SAME", data_format="NWC", dilations=None, name=None
):
    if data_format not in (None, "NWC", "NCW"):
        raise ValueError(f"`data_format` must be 'NWC' or 'NCW'. Received: data_format={data_format}")
    first = data_format == "NCW"
    at = 2 if first else 1
    sizes = [int(size) for size in output_shape]
    result = _run(
        "Conv2DBackpropInput",
        _run("ExpandDims", tensor(filters), axis=0),
        _run("ExpandDims", tensor(input), axis=at),
        input_sizes=sizes[:at] + [1] + sizes[at:],
        strides=[1] + sequence(strides, 1, first, "stride"),
        padding=text(padding),
        data_format="NCHW" if first else "NHWC",
        dilations=[1] + sequence(dilations, 1, first, "dilations"),
    )
    return _run("Squeeze", result, axis=[at])


def conv3d_transpose(
    input, filters, output_shape, strides, padding="SAME", data_format="NDHWC", dilations=None, name=None
):
    data_format = data_format or "NDHWC"
    input = tensor(input)
    with nameless() if not _tapescope.is_tensor(output_shape) else contextlib.nullcontext():
        require_allowed("Conv3DBackpropInputV2", input.dtype, padding=text(padding), data_format=data_format)
        return _run(
            "Conv3DBackpropInputV2",
            filters,
            input,
            input_sizes=_sizes(output_shape),
            strides=sequence(strides, 3, channels_first(data_format), "strides"),
            padding=padding,
            data_format=data_format,
            dilations=sequence(dilations, 3, channels_first(data_format), "dilations"),
        )


def conv_transpose(input, filters, output_shape, strides, padding="SAME", data_format=None, dilations=None, name=None):
    if not _tapescope.is_tensor(output_shape) and not isinstance(output_shape, collections.abc.Sized):
        raise ValueError(f"`output_shape` must be a tensor or sized collection. Received: output_shape={output_shape}")
    n = (output_shape.shape[0] if _tapescope.is_tensor(output_shape) else len(output_shape)) - 2
    if not 1 <= n <= 3:
        raise ValueError(
            f"`output_shape` must be of length 3, 4 or 5. Received: output_shape={output_shape} of length {n + 2}."
        )
    transposed = (conv1d_transpose, conv2d_transpose, conv3d_transpose)[n - 1]
    return transposed(input, filters, output_shape, strides, padding, data_format, dilations)


def rates_of(n, strides, rates):
    """Strides and rates for each spatial axis, which must not both be larger than 1."""
    checked = []
    for name, short, value in (("dilation_rate", "dilation_rate", rates), ("strides", "strides", strides)):
        value = [1] * n if value is None else value
        if len(value) != n:
            raise ValueError(f"`len({name})` should be {n}. Received: {short}={value} of length {len(value)}")
        value = numpy.array(value, dtype=numpy.int32)
        if numpy.any(value < 1):
            raise ValueError(f"all values of `{name}` must be positive. Received: {short}={value}")
        checked.append(value)
    rates, strides = checked
    if numpy.any(strides > 1) and numpy.any(rates > 1):
        raise ValueError(
            "`strides > 1` not supported in conjunction with `dilation_rate > 1`. "
            f"Received: strides={strides} and dilation_rate={rates}"
        )
    return [int(s) for s in strides], [int(r) for r in rates]


def _dilated(input, filters, n, padding, strides, rates, data_format):
    channels = input.shape[1 if data_format and channels_first(data_format) else -1]
    if channels % filters.shape[-2] != 0:
        raise ValueError(
            "The number of input channels is not divisible by the corresponding number of output filters. "
            f"Received: input.shape={input.shape} with {channels} channels and filters.shape={filters.shape} "
            f"with {filters.shape[-2]} output filters."
        )
    strides, rates = rates_of(n, strides, rates)
    run = (conv1d, conv2d, conv3d)[n - 1]
    if n == 3:
        strides, rates = [1] + strides + [1], [1] + rates + [1]
    return run(input, filters, strides, padding, data_format or (None, "NHWC", "NDHWC")[n - 1], rates)


@folded("tf.nn.convolution")
def convolution(input, filters, strides=None, padding="VALID", data_format=None, dilations=None, name=None):
    input, filters = tensor(input), tensor(filters)
    n = len(filters.shape) - 2
    if n not in (1, 2, 3):
        raise ValueError(f"`num_spatial_dims` must be 1, 2, or 3. Received: num_spatial_dims={n}.")
    first = data_format is not None and channels_first(data_format)
    full = sequence(dilations, n, first, "dilations")
    strides = sequence(strides, n, first, "strides")
    if any(rate != 1 for rate in full):
        inner = slice(2, None) if first else slice(1, -1)
        return _dilated(input, filters, n, padding, strides[inner], full[inner], data_format)
    run = (conv1d, conv2d, conv3d)[n - 1]
    return run(input, filters, strides, padding, data_format or ("NWC", "NHWC", "NDHWC")[n - 1], full)


@folded("tf.nn.atrous_conv2d")
def atrous_conv2d(value, filters, rate, padding, name=None):
    return _dilated(tensor(value), tensor(filters), 2, padding, None, numpy.broadcast_to(rate, (2,)), None)


def atrous_conv2d_transpose(value, filters, output_shape, rate, padding, name=None):
    if rate < 1:
        raise ValueError(f"`rate` cannot be less than one. Received: rate={rate}")
    if padding not in ("SAME", "VALID"):
        raise ValueError(f"`padding` must be either 'VALID' or 'SAME'. Received: padding={padding}")
    return conv2d_transpose(value, filters, output_shape, 1, padding, "NHWC", rate)


def _depthwise(input, filter, strides, padding, data_format, rates):
    data_format = data_format or "NHWC"
    placement = paddings(padding)
    input = tensor(input)
    require_allowed("DepthwiseConv2dNative", input.dtype, padding=placement["padding"], data_format=data_format)
    strides = list(_listed("depthwise_conv2d_native", strides))
    rates = [1, 1] if rates is None else list(rates)
    dilations = sequence(rates, 2, channels_first(data_format), "dilations")
    return _run(
        "DepthwiseConv2dNative",
        input,
        tensor(filter),
        strides=strides,
        data_format=data_format,
        dilations=dilations,
        **placement,
    )


def depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=None, name=None):
    rates = [1, 1] if dilations is None else dilations
    if any(rate > 1 for rate in rates) and isinstance(strides, (list, tuple)) and any(step != 1 for step in strides):
        warnings.warn(
            "When dilation rate is greater than 1, then all values of strides must be 1. "
            f"Received: `dilation rate` {rates} and `strides` {strides}"
        )
    return _depthwise(input, filter, strides, padding, data_format, rates)


@folded("tf.nn.separable_conv2d")
def separable_conv2d(
    input, depthwise_filter, pointwise_filter, strides, padding, data_format=None, dilations=None, name=None
):
    pointwise = tensor(pointwise_filter)
    if len(pointwise.shape) != 4:
        raise ValueError(f"Shape {pointwise.shape} must have rank 4")
    for size in list(pointwise.shape)[:2]:
        if size != 1:
            raise ValueError(f"Dimensions {size} and 1 are not compatible")
    depthwise = _depthwise(input, depthwise_filter, strides, padding, data_format, dilations)
    return conv2d(depthwise, pointwise, [1, 1, 1, 1], "VALID", data_format)
