# SPDX-License-Identifier: Apache-2.0
"""Convolutions, and what all kinds of them have alike: keras/src/layers/convolutional."""

import _tapescope

from tensorflow._nets import _nn_windows as _windows
from tensorflow.keras import activations, regularizers
from tensorflow.keras._specs import InputSpec
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer

_run = _tapescope.run
#: In which order Keras writes what it has of these into a configuration.
_ORDER = (
    "name trainable dtype depth_multiplier filters kernel_size strides padding output_padding data_format dilation_rate groups "
    "activation use_bias depthwise_initializer pointwise_initializer kernel_initializer bias_initializer "
    "depthwise_regularizer pointwise_regularizer kernel_regularizer bias_regularizer activity_regularizer "
    "depthwise_constraint pointwise_constraint kernel_constraint bias_constraint"
).split()
_FORMATS = {"channels_last": {1: "NWC", 2: "NHWC", 3: "NDHWC"}, "channels_first": {1: "NCW", 2: "NCHW", 3: "NCDHW"}}


def padding_of(value, causal=False):
    if not isinstance(value, str):
        raise ValueError(f"Invalid padding value: {value}")
    padding = value.lower()
    allowed = {"valid", "same", *(["causal"] if causal else [])}
    if padding not in allowed:
        listed = "'same', 'causal', 'valid'" if causal else "'same', 'valid'"
        raise ValueError(f"The `padding` argument must be a list/tuple or one of {{{listed}}}. Received: {value}")
    return padding


def window_size(size, kernel, stride, padding, dilation):
    """How many places a window takes along an axis; None where it is not known."""
    if size is None:
        return None
    if padding == "valid":
        return (size - dilation * (kernel - 1) - 1) // stride + 1
    return (size - 1) // stride + 1


class Convolutional(Layer):
    """Sizes, weights and the bias of all kinds."""

    _rank = 2
    _kernels = ("kernel",)
    _counts = ("filters",)
    _zero_text = "The argument `strides` cannot contains 0. Received strides={}"

    def _take_sizes(self, kernel_size, strides, padding, data_format, dilation_rate, causal=False):
        self.rank = rank = self._rank
        self.kernel_size = _parts.sizes(kernel_size, rank, "kernel_size")
        self.strides = _parts.sizes(strides, rank, "strides")
        self.dilation_rate = _parts.sizes(dilation_rate, rank, "dilation_rate")
        self.padding = padding_of(padding, causal)
        self.data_format = _parts.data_format(data_format)
        self.input_spec = InputSpec(min_ndim=rank + 2)

    def _check_counts(self):
        for name in self._counts:
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise ValueError(
                    f"Invalid value for argument `{name}`. Expected a strictly positive value. Received {name}={value}."
                )

    def _check_dilation(self):
        if max(self.strides) > 1 and max(self.dilation_rate) > 1:
            raise ValueError(
                f"`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: strides={self.strides} and "
                f"dilation_rate={self.dilation_rate}"
            )

    def _take_weights(self, activation, use_bias, **given):
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        names = [*self._kernels, "bias"]
        for name in names:
            _parts.take(self, name, **{kind: given.get(f"{name}_{kind}") for kind in ("initializer", "regularizer", "constraint")})

    @property
    def _channel_axis(self):
        return -1 if self.data_format == "channels_last" else 1

    def _channels(self, input_shape):
        return input_shape[self._channel_axis]

    def _spec_channels(self, input_shape):
        channels = self._channels(input_shape)
        self.input_spec = InputSpec(min_ndim=self.rank + 2, axes={self._channel_axis: channels})
        return channels

    def _finished(self, outputs, count):
        if self.use_bias:
            shape = [1] * (self.rank + 1) + [count]
            if self.data_format == "channels_first":
                shape = [1, count] + [1] * self.rank
            outputs = outputs + _run("Reshape", self.bias, shape=shape)
        return self.activation(outputs) if self.activation is not None else outputs

    def _shape_with(self, input_shape, filters):
        first = self.data_format == "channels_first"
        spatial = input_shape[2:] if first else input_shape[1:-1]
        if len(spatial) != self.rank:
            raise ValueError(
                "Kernel shape must have the same length as input, but received kernel of shape "
                f"{(*self.kernel_size, self._channels(input_shape), filters)} and input of shape {input_shape}."
            )
        places = [
            window_size(*one)
            for one in zip(spatial, self.kernel_size, self.strides, [self.padding] * self.rank, self.dilation_rate)
        ]
        if self.padding == "valid" and any(one is not None and one <= 0 for one in places):
            kernel = (*self.kernel_size, self._channels(input_shape), filters)
            raise ValueError(
                f"Computed output size would be zero or negative. Received `inputs shape={input_shape}`, `kernel shape={kernel}`, "
                f"`dilation_rate=[{' '.join(map(str, self.dilation_rate))}]`, `strides={self.strides}`, "
                f"`padding={self.padding}`."
            )
        return (input_shape[0], filters, *places) if first else (input_shape[0], *places, filters)

    def _config(self, *more):
        names = ("kernel_size", "strides", "padding", "data_format", "dilation_rate", *more)
        config = {**super().get_config(), **{name: getattr(self, name) for name in names}}
        config.update(activation=activations.serialize(self.activation), use_bias=self.use_bias)
        config.update(_parts.config_of(self, *self._kernels, "bias"))
        regularizer = self.activity_regularizer
        config["activity_regularizer"] = None if regularizer is None else regularizers.serialize(regularizer)
        return {name: config[name] for name in _ORDER if name in config}


class _Conv(Convolutional):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, activation=None,
        use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
        bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs,
    ):
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.filters, self.groups = filters, groups
        self._take_sizes(kernel_size, strides, padding, data_format, dilation_rate, self._rank == 1)
        self._take_weights(
            activation, use_bias, kernel_initializer=kernel_initializer, bias_initializer=bias_initializer,
            kernel_regularizer=kernel_regularizer, bias_regularizer=bias_regularizer, kernel_constraint=kernel_constraint,
            bias_constraint=bias_constraint,
        )
        self._check_counts()
        if groups <= 0:
            raise ValueError(f"The number of groups must be a positive integer. Received: groups={groups}.")
        if filters is not None and filters % groups != 0:
            raise ValueError(
                f"The number of filters must be evenly divisible by the number of groups. Received: groups={groups}, "
                f"filters={filters}."
            )
        self._check_dilation()

    def build(self, input_shape):
        channels = self._spec_channels(input_shape)
        if channels % self.groups != 0:
            raise ValueError(
                "The number of input channels must be evenly divisible by the number of groups. Received "
                f"groups={self.groups}, but the input has {channels} channels (full input shape is {input_shape})."
            )
        self.compute_output_shape(input_shape)
        self._kernel = _parts.weight(self, "kernel", (*self.kernel_size, channels // self.groups, self.filters))
        self.bias = _parts.weight(self, "bias", (self.filters,)) if self.use_bias else None

    @property
    def kernel(self):
        if not self.built:
            raise AttributeError("You must build the layer before accessing `kernel`.")
        return self._kernel

    def _convolved(self, inputs, padding):
        options = list(self.strides), padding, _FORMATS[self.data_format][self.rank], list(self.dilation_rate)
        if self.rank < 3 or self.groups == 1:
            return _windows.convolution(inputs, self._kernel, *options)
        from tensorflow import concat, split  # the kernel for volumes knows no groups

        axis = 1 if self.data_format == "channels_first" else -1
        parts = zip(split(inputs, self.groups, axis), split(_tapescope.tensor(self._kernel), self.groups, -1))
        return concat([_windows.convolution(part, kernel, *options) for part, kernel in parts], axis)

    def call(self, inputs):
        padding = self.padding
        if padding == "causal":
            from tensorflow import pad

            left = [self.dilation_rate[0] * (self.kernel_size[0] - 1), 0]
            rest = [[0, 0], left] if self.data_format == "channels_first" else [left, [0, 0]]
            inputs, padding = pad(inputs, [[0, 0], *rest]), "valid"
        outputs = self._convolved(inputs, padding.upper())
        if 0 in outputs.shape.as_list() and 0 not in inputs.shape.as_list():
            raise ValueError(
                "The convolution operation resulted in an empty output. Output shape: "
                f"{outputs.shape}. This can happen if the input is too small for the given kernel size, strides, dilation "
                "rate, and padding mode. Please check the input shape and convolution parameters."
            )
        return self._finished(outputs, self.filters)

    def compute_output_shape(self, input_shape):
        return self._shape_with(input_shape, self.filters)

    def get_config(self):
        return self._config("filters", "groups")


class Conv1D(_Conv):
    _rank = 1


class Conv2D(_Conv):
    _rank = 2


class Conv3D(_Conv):
    _rank = 3


for _class in (Conv1D, Conv2D, Conv3D):
    _class.__module__ = f"keras.src.layers.convolutional.{_class.__name__.lower()}"
Convolution1D, Convolution2D, Convolution3D = Conv1D, Conv2D, Conv3D


