# SPDX-License-Identifier: Apache-2.0
"""Activations as layers."""

import warnings

import _tapescope

from tensorflow.keras import _ops, activations
from tensorflow.keras._specs import InputSpec
from tensorflow.keras.layers import _parts
from tensorflow.keras.layers._base import Layer


class _Elementwise(Layer):
    """Keeps the shape, and has nothing to build."""

    _options = ()

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self._build_at_init()

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), **{name: getattr(self, name) for name in self._options}}


class Activation(_Elementwise):
    def __init__(self, activation, **kwargs):
        super().__init__(**kwargs)
        self.activation = activations.get(activation)

    def call(self, inputs):
        return self.activation(inputs)

    def get_config(self):
        return {**super().get_config(), "activation": activations.serialize(self.activation)}


class ReLU(_Elementwise):
    _options = ("max_value", "negative_slope", "threshold")

    def __init__(self, max_value=None, negative_slope=0.0, threshold=0.0, **kwargs):
        super().__init__(**kwargs)
        if max_value is not None and max_value < 0.0:
            raise ValueError(f"max_value of a ReLU layer cannot be a negative value. Received: max_value={max_value}")
        for name, value in (("negative_slope", negative_slope), ("threshold", threshold)):
            if value is None or value < 0.0:
                raise ValueError(f"{name} of a ReLU layer cannot be None or a negative value. Received: {name}={value}")
        self.max_value, self.negative_slope, self.threshold = max_value, negative_slope, threshold

    def call(self, inputs):
        return activations.relu(
            inputs, negative_slope=self.negative_slope, max_value=self.max_value, threshold=self.threshold
        )


class LeakyReLU(_Elementwise):
    _options = ("negative_slope",)

    def __init__(self, negative_slope=0.3, **kwargs):
        if "alpha" in kwargs:
            negative_slope = kwargs.pop("alpha")
            warnings.warn("Argument `alpha` is deprecated. Use `negative_slope` instead.", stacklevel=2)
        super().__init__(**kwargs)
        if negative_slope is None or negative_slope < 0:
            raise ValueError(
                "The negative_slope value of a Leaky ReLU layer cannot be None or negative value. Expected a float. Received: "
                f"negative_slope={negative_slope}"
            )
        self.negative_slope = negative_slope

    def call(self, inputs):
        return activations.leaky_relu(inputs, negative_slope=self.negative_slope)


class ELU(_Elementwise):
    _options = ("alpha",)

    def __init__(self, alpha=1.0, **kwargs):
        super().__init__(**kwargs)
        self.alpha = alpha

    def call(self, inputs):
        return activations.elu(inputs, alpha=self.alpha)

    def get_config(self):
        config = super().get_config()
        return {"name": config.pop("name"), "alpha": self.alpha, **config}


class PReLU(Layer):
    def __init__(
        self, alpha_initializer="Zeros", alpha_regularizer=None, alpha_constraint=None, shared_axes=None, **kwargs
    ):
        super().__init__(**kwargs)
        self.supports_masking = True
        _parts.take(self, "alpha", initializer=alpha_initializer, regularizer=alpha_regularizer, constraint=alpha_constraint)
        self.shared_axes = shared_axes
        if shared_axes is not None:
            self.shared_axes = list(shared_axes) if isinstance(shared_axes, (list, tuple)) else [shared_axes]

    def build(self, input_shape):
        shape = list(input_shape[1:])
        for axis in self.shared_axes or ():
            shape[axis - 1] = 1
        self.alpha = _parts.weight(self, "alpha", shape)
        axes = {}
        if self.shared_axes:
            axes = {axis: input_shape[axis] for axis in range(1, len(input_shape)) if axis not in self.shared_axes}
        self.input_spec = InputSpec(ndim=len(input_shape), axes=axes)

    def call(self, inputs):
        positive = activations.relu(inputs)
        return positive + -self.alpha * activations.relu(-inputs)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), **_parts.config_of(self, "alpha"), "shared_axes": self.shared_axes}


class Softmax(_Elementwise):
    _options = ("axis",)

    def __init__(self, axis=-1, **kwargs):
        super().__init__(**kwargs)
        self.axis = axis

    def call(self, inputs, mask=None):
        if mask is not None:
            if mask.dtype.name != "bool":
                mask = mask > _tapescope.tensor(0.5, mask.dtype)
            inputs = _ops.where(mask, inputs, -3e4 if inputs.dtype.name == "float16" else -1e9)
        if isinstance(self.axis, (tuple, list)) and len(self.axis) > 1:
            from tensorflow import reduce_logsumexp

            outputs = _tapescope.run("Exp", inputs - reduce_logsumexp(inputs, axis=self.axis, keepdims=True))
        else:
            outputs = activations.softmax(inputs, axis=self.axis[0] if isinstance(self.axis, (tuple, list)) else self.axis)
        return outputs if mask is None else _ops.where(mask, outputs, 0.0)


for _class, _file in ((Activation, "activation"), (ReLU, "relu"), (LeakyReLU, "leaky_relu"), (ELU, "elu"), (PReLU, "prelu"),
                      (Softmax, "softmax")):  # fmt: skip
    _class.__module__ = f"keras.src.layers.activations.{_file}"
