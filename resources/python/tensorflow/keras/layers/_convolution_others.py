# SPDX-License-Identifier: Apache-2.0
"""Transposed, depthwise and separable convolutions."""

import _tapescope

from tensorflow._nets import _nn_windows as _windows
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._convolution import _FORMATS, Convolutional

_run = _tapescope.run


class _Transposed(Convolutional):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1,
        activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
        kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        bias_constraint=None, **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters = filters
        self._take_sizes(kernel_size, strides, padding, data_format, dilation_rate)
        self.output_padding = None
        if output_padding is not None:
            self.output_padding = _parts.sizes(output_padding, self.rank, "output_padding", zero=True)
        self._take_weights(
            activation, use_bias, kernel_initializer=kernel_initializer, bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer, bias_regularizer=bias_regularizer, kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
        )
        self._check_counts()
        for place, (added, stride) in enumerate(zip(self.output_padding or (), self.strides)):
            if added >= stride:
                raise ValueError(
                    f"`output_padding` must be strictly less than `strides` for all dimensions. At dimension {place}, "
                    f"`output_padding` is {added} but `strides` is {stride}. Received: output_padding={self.output_padding}, "
                    f"strides={self.strides}"
                )
        self._check_dilation()

    def build(self, input_shape):
        channels = self._spec_channels(input_shape)
        self.kernel = _parts.weight(self, "kernel", (*self.kernel_size, self.filters, channels))
        self.bias = _parts.weight(self, "bias", (self.filters,)) if self.use_bias else None

    def call(self, inputs):
        shape = self.compute_output_shape(tuple(int(size) for size in inputs.shape))
        outputs = _windows.conv_transpose(
            inputs, self.kernel, list(shape), list(self.strides), self.padding.upper(), _FORMATS[self.data_format][self.rank],
            list(self.dilation_rate),
        )
        return self._finished(outputs, self.filters)

    def _size(self, place, size):
        if size is None:
            return None
        kernel, stride = (self.kernel_size[place] - 1) * self.dilation_rate[place] + 1, self.strides[place]
        added = None if self.output_padding is None else self.output_padding[place]
        if self.padding == "valid":
            return (size - 1) * stride + kernel + (max(kernel, stride) - kernel if added is None else added)
        return size * stride if added is None else (size - 1) * stride + kernel % 2 + added

    def compute_output_shape(self, input_shape):
        first = self.data_format == "channels_first"
        spatial = input_shape[2:] if first else input_shape[1:-1]
        places = [self._size(place, size) for place, size in enumerate(spatial)]
        return (input_shape[0], self.filters, *places) if first else (input_shape[0], *places, self.filters)

    def get_config(self):
        return self._config("filters", "output_padding")


class Conv1DTranspose(_Transposed):
    _rank = 1


class Conv2DTranspose(_Transposed):
    _rank = 2


class Conv3DTranspose(_Transposed):
    _rank = 3


def _in_rows(layer, inputs, run, *kernels):
    """`run` on pictures: a sequence is one of a single row. Strides and dilations as tf.nn has them."""
    flat = layer.rank == 1
    first = layer.data_format == "channels_first"
    if first:
        rank = len(inputs.shape)
        inputs = _run("Transpose", inputs, perm=[0, *range(2, rank), 1])
    strides = [1, *(layer.strides * 2 if flat else layer.strides), 1]
    rates = [1, *layer.dilation_rate] if flat else list(layer.dilation_rate)
    if flat:
        inputs = _run("ExpandDims", inputs, axis=1)
        kernels = [_run("ExpandDims", kernel, axis=0) for kernel in kernels]
    outputs = run(inputs, *kernels, strides, layer.padding.upper(), "NHWC", rates)
    if flat:
        outputs = _run("Squeeze", outputs, axis=[1])
    if first:
        rank = len(outputs.shape)
        outputs = _run("Transpose", outputs, perm=[0, rank - 1, *range(1, rank - 1)])
    return outputs


class _Depthwise(Convolutional):
    _kernels = ("depthwise",)
    _counts = ("depth_multiplier",)

    def __init__(
        self, kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, activation=None,
        use_bias=True, depthwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None,
        bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, bias_constraint=None, **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.depth_multiplier = depth_multiplier
        self._take_sizes(kernel_size, strides, padding, data_format, dilation_rate)
        self._take_weights(
            activation, use_bias, depthwise_initializer=depthwise_initializer, bias_initializer=bias_initializer,
            depthwise_regularizer=depthwise_regularizer, bias_regularizer=bias_regularizer,
            depthwise_constraint=depthwise_constraint, bias_constraint=bias_constraint,
        )
        self._check_counts()

    def build(self, input_shape):
        channels = self._spec_channels(input_shape)
        self.compute_output_shape(input_shape)
        self.kernel = _parts.weight(self, "depthwise", (*self.kernel_size, channels, self.depth_multiplier), "kernel")
        self.bias = _parts.weight(self, "bias", (self.depth_multiplier * channels,)) if self.use_bias else None

    def call(self, inputs):
        outputs = _in_rows(self, inputs, _windows.depthwise_conv2d, self.kernel)
        return self._finished(outputs, self.depth_multiplier * self._channels(inputs.shape))

    def compute_output_shape(self, input_shape):
        return self._shape_with(input_shape, self.depth_multiplier * self._channels(input_shape))

    def get_config(self):
        return self._config("depth_multiplier")


class DepthwiseConv1D(_Depthwise):
    _rank = 1


class DepthwiseConv2D(_Depthwise):
    _rank = 2


class _Separable(Convolutional):
    _kernels = ("depthwise", "pointwise")
    _counts = ("depth_multiplier", "filters")

    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1,
        activation=None, use_bias=True, depthwise_initializer="glorot_uniform", pointwise_initializer="glorot_uniform",
        bias_initializer="zeros", depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None,
        activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters, self.depth_multiplier = filters, depth_multiplier
        self._take_sizes(kernel_size, strides, padding, data_format, dilation_rate)
        self._take_weights(
            activation, use_bias, depthwise_initializer=depthwise_initializer, pointwise_initializer=pointwise_initializer,
            bias_initializer=bias_initializer, depthwise_regularizer=depthwise_regularizer,
            pointwise_regularizer=pointwise_regularizer, bias_regularizer=bias_regularizer,
            depthwise_constraint=depthwise_constraint, pointwise_constraint=pointwise_constraint,
            bias_constraint=bias_constraint,
        )
        self._check_counts()

    def build(self, input_shape):
        channels = self._spec_channels(input_shape)
        self.compute_output_shape(input_shape)
        depthwise = (*self.kernel_size, channels, self.depth_multiplier)
        pointwise = (*[1] * self.rank, self.depth_multiplier * channels, self.filters)
        self.depthwise_kernel = _parts.weight(self, "depthwise", depthwise, "depthwise_kernel")
        self.pointwise_kernel = _parts.weight(self, "pointwise", pointwise, "pointwise_kernel")
        self.bias = _parts.weight(self, "bias", (self.filters,)) if self.use_bias else None

    def call(self, inputs):
        outputs = _in_rows(self, inputs, _windows.separable_conv2d, self.depthwise_kernel, self.pointwise_kernel)
        return self._finished(outputs, self.filters)

    def compute_output_shape(self, input_shape):
        return self._shape_with(input_shape, self.filters)

    def get_config(self):
        return self._config("filters", "depth_multiplier")


class SeparableConv1D(_Separable):
    _rank = 1


class SeparableConv2D(_Separable):
    _rank = 2


for _class, _file in (
    (Conv1DTranspose, "conv1d_transpose"), (Conv2DTranspose, "conv2d_transpose"), (Conv3DTranspose, "conv3d_transpose"),
    (DepthwiseConv1D, "depthwise_conv1d"), (DepthwiseConv2D, "depthwise_conv2d"), (SeparableConv1D, "separable_conv1d"),
    (SeparableConv2D, "separable_conv2d"),
):  # fmt: skip
    _class.__module__ = f"keras.src.layers.convolutional.{_file}"
