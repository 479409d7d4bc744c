# SPDX-License-Identifier: Apache-2.0
"""keras.layers.Dense and EinsumDense."""

import re

from tensorflow.keras import activations, initializers
from tensorflow.keras._specs import InputSpec
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer


class _Affine(Layer):
    """A product with the kernel, a bias, an activation."""

    @property
    def kernel(self):
        if not self.built:
            raise AttributeError("You must build the layer before accessing `kernel`.")
        return self._kernel

    def _finished(self, product):
        x = product if self.bias is None else product + self.bias
        return self.activation(x) if self.activation is not None else x


class Dense(_Affine):
    def __init__(
        self, units, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
        kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        bias_constraint=None, lora_rank=None, lora_alpha=None, quantization_config=None, **kwargs,
    ):
        if not isinstance(units, int) or units <= 0:
            raise ValueError(
                f"Received an invalid value for `units`, expected a positive integer. Received: units={units}"
            )
        _parts.refuse(self, lora_rank=lora_rank, quantization_config=quantization_config)
        super().__init__(activity_regularizer=activity_regularizer, **kwargs)
        self.units = units
        self.activation = activations.get(activation)
        self.use_bias = use_bias
        _parts.take(self, "kernel", initializer=kernel_initializer, regularizer=kernel_regularizer, constraint=kernel_constraint)
        _parts.take(self, "bias", initializer=bias_initializer, regularizer=bias_regularizer, constraint=bias_constraint)
        self.input_spec = InputSpec(min_ndim=2)
        self.supports_masking = True

    def build(self, input_shape):
        self._kernel = _parts.weight(self, "kernel", (input_shape[-1], self.units))
        self.bias = _parts.weight(self, "bias", (self.units,)) if self.use_bias else None
        self.input_spec = InputSpec(min_ndim=2, axes={-1: input_shape[-1]})
        self.built = True

    def call(self, inputs, training=None):
        return self._finished(_parts.matmul(inputs, self._kernel))

    def compute_output_shape(self, input_shape):
        return (*tuple(input_shape)[:-1], self.units)

    def get_config(self):
        own = {"units": self.units, "activation": activations.serialize(self.activation), "use_bias": self.use_bias}
        return {**super().get_config(), **own, **_parts.config_of(self, "kernel", "bias"), "quantization_config": None}


Dense.__module__ = "keras.src.layers.core.dense"


def _with_ellipsis(equation):
    """The parts of "ab,bc->ac", and whether dots stand left or right of the letters."""
    for pattern in (r"^\.\.\.([a-zA-Z]+),([a-zA-Z]+)->\.\.\.([a-zA-Z]+)$", r"^([a-zA-Z]+)\.\.\.,([a-zA-Z]+)->([a-zA-Z]+)\.\.\.$",
                    r"^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)$"):
        found = re.match(pattern, equation)
        if found:
            return found.groups(), equation.startswith("...")
    raise ValueError(
        f"Invalid einsum equation '{equation}'. Equations must be in the form [X],[Y]->[Z], ...[X],[Y]->...[Z], or "
        "[X]...,[Y]->[Z]...."
    )


class EinsumDense(_Affine):
    def __init__(
        self, equation, output_shape, activation=None, bias_axes=None, kernel_initializer="glorot_uniform",
        bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, kernel_constraint=None,
        bias_constraint=None, lora_rank=None, lora_alpha=None, gptq_unpacked_column_size=None, quantization_config=None,
        **kwargs,
    ):
        _parts.refuse(self, lora_rank=lora_rank, quantization_config=quantization_config)
        super().__init__(**kwargs)
        self.equation = equation
        self.partial_output_shape = (output_shape,) if isinstance(output_shape, int) else tuple(output_shape)
        self.bias_axes = bias_axes
        self.activation = activations.get(activation)
        _parts.take(self, "kernel", initializer=kernel_initializer, regularizer=kernel_regularizer, constraint=kernel_constraint)
        _parts.take(self, "bias", initializer=bias_initializer, regularizer=bias_regularizer, constraint=bias_constraint)

    def _sizes(self, input_shape):
        """Of each letter, and the whole shape of the output."""
        (given, kernel, out), dots_left = _with_ellipsis(self.equation)
        elided = len(input_shape) - len(given)
        shape = list(input_shape)
        kept = shape[elided:] if dots_left else shape[: len(given)]
        size = dict(zip(given, kept))
        wanted = list(self.partial_output_shape)
        first = 0 if dots_left and elided else 1
        for letter, one in zip(out[first:] if not dots_left else out[-len(wanted):], wanted):
            size[letter] = size.get(letter) if one is None else one
        own = [size.get(letter) for letter in out]
        extra = shape[:elided] if dots_left else shape[len(given):]
        whole = extra + own if dots_left else own + extra
        return size, kernel, out, tuple(whole), dots_left

    def build(self, input_shape):
        size, kernel, out, whole, dots_left = self._sizes(input_shape)
        self.full_output_shape = whole
        start = self.kernel_initializer
        if isinstance(start, initializers.VarianceScaling) and None in (start.input_axes, start.output_axes):
            # What goes in and what comes out is not what stands last.
            axes = {"output_axes": [at for at, letter in enumerate(kernel) if letter in out]}
            axes["input_axes"] = [at for at, letter in enumerate(kernel) if letter not in out]
            start = type(start).from_config({**start.get_config(), "seed": start.seed, **axes})
        self._kernel = self.add_weight(
            name="kernel", shape=tuple(size[letter] for letter in kernel), initializer=start,
            regularizer=self.kernel_regularizer, constraint=self.kernel_constraint,
        )
        self.input_spec = InputSpec(ndim=len(input_shape))
        self.bias = None
        if self.bias_axes is not None:
            own = {letter: size[letter] for letter in out}
            first = min(out.find(letter) for letter in self.bias_axes)
            shape = [own[letter] if letter in self.bias_axes else 1 for letter in out]
            shape = shape[first:]
            if not dots_left:
                shape += [1] * (len(whole) - len(out))
            self.bias = _parts.weight(self, "bias", tuple(shape))
        self.built = True

    def call(self, inputs, training=None):
        from tensorflow import einsum

        return self._finished(einsum(self.equation, inputs, self._kernel))

    def compute_output_shape(self, input_shape):
        return self._sizes(input_shape)[3]

    def get_config(self):
        own = {"output_shape": self.partial_output_shape, "equation": self.equation}
        own.update(activation=activations.serialize(self.activation), bias_axes=self.bias_axes)
        weights = _parts.config_of(self, "kernel", "bias")
        weights = {**{key: weights[key] for key in list(weights)[:4]}, "activity_regularizer": None, **weights}
        return {**super().get_config(), **own, **weights, "quantization_config": None}


EinsumDense.__module__ = "keras.src.layers.core.einsum_dense"
