# SPDX-License-Identifier: Apache-2.0
"""Layers around a function, a number, or another layer."""

import inspect

import _tapescope

from tensorflow._values import _nest
from tensorflow.keras import _masks, _ops, _symbols
from tensorflow.keras.layers._base import Layer, _is_shape

_run = _tapescope.run


class Identity(Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True
        self._build_at_init()

    def call(self, inputs):
        return inputs

    def compute_output_shape(self, input_shape):
        return input_shape

    def compute_output_spec(self, inputs):
        return _nest.map_structure(lambda one: _symbols.KerasTensor(one.shape, one.dtype), inputs)


def _names_of(function):
    try:
        return inspect.getfullargspec(function).args
    except TypeError:
        return []  # an operation of the engine's table


class Lambda(Layer):
    def __init__(self, function, output_shape=None, mask=None, arguments=None, **kwargs):
        super().__init__(**kwargs)
        self.arguments = arguments or {}
        self.function = function
        self.supports_masking = mask is not None
        self.mask = mask
        self._output_shape = output_shape
        self._passes = [name for name in ("mask", "training") if name in _names_of(function)]

    def compute_output_shape(self, input_shape):
        if self._output_shape is None:
            make = lambda shape: _symbols.KerasTensor(shape, self.compute_dtype)  # noqa: E731
            given = make(input_shape) if _is_shape(input_shape) else [make(shape) for shape in input_shape]
            try:
                return _nest.map_structure(lambda one: one.shape, _symbols.infer(self.name, self.call, (given,), {}))
            except Exception:
                raise NotImplementedError(
                    "We could not automatically infer the shape of the Lambda's output. Please specify the `output_shape` "
                    "argument for this Lambda layer."
                ) from None
        if callable(self._output_shape):
            return self._output_shape(input_shape)
        return (_nest.flatten(input_shape)[0], *self._output_shape)

    def call(self, inputs, mask=None, training=None):
        given = {"mask": mask, "training": training}
        return self.function(inputs, **self.arguments, **{name: given[name] for name in self._passes})

    def compute_mask(self, inputs, mask=None):
        return self.mask(inputs, mask) if callable(self.mask) else self.mask

    def get_config(self):
        config = {"function": self.function, "arguments": self.arguments}
        if self._output_shape is not None:
            config["output_shape"] = self._output_shape
        return {**super().get_config(), **config}


class Masking(Layer):
    def __init__(self, mask_value=0.0, **kwargs):
        super().__init__(**kwargs)
        self.mask_value = mask_value
        self.supports_masking = True
        self._build_at_init()

    def _mask(self, inputs, keepdims=False):
        return _run("Any", _run("NotEqual", inputs, _ops.cast(self.mask_value, _ops.named(inputs.dtype))), axis=-1, keepdims=keepdims)

    def compute_mask(self, inputs, mask=None):
        return self._mask(inputs)

    def call(self, inputs):
        mask = self._mask(inputs, True)
        return _masks.put(_ops.where(mask, inputs, 0), _run("Squeeze", mask, axis=[-1]))

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "mask_value": self.mask_value}


class Rescaling(Layer):
    def __init__(self, scale, offset=0.0, **kwargs):
        super().__init__(**kwargs)
        self.scale, self.offset = scale, offset
        self.supports_masking = True

    def call(self, inputs):
        scale, offset = (_ops.cast(value, self.compute_dtype) for value in (self.scale, self.offset))
        return _ops.cast(inputs, self.compute_dtype) * scale + offset

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "scale": self.scale, "offset": self.offset}


class Wrapper(Layer):
    def __init__(self, layer, **kwargs):
        if not isinstance(layer, Layer):
            raise ValueError(
                f"Invalid `layer`: expected a Keras Layer instance. Received: layer={layer} (of type {type(layer)})"
            )
        super().__init__(**kwargs)
        self.layer = layer

    def build(self, input_shape=None):
        if not self.layer.built:
            self.layer.build(input_shape)
            self.layer.built = True
        self.built = True


for _class, _file in (
    (Identity, "core.identity"), (Lambda, "core.lambda_layer"), (Masking, "core.masking"),
    (Rescaling, "preprocessing.rescaling"), (Wrapper, "core.wrapper"),
):  # fmt: skip
    _class.__module__ = f"keras.src.layers.{_file}"
