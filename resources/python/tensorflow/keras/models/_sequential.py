# SPDX-License-Identifier: Apache-2.0
"""keras.Sequential."""

import copy
import inspect

from tensorflow._values import _nest
from tensorflow.keras import _masks, _saving
from tensorflow.keras._variable import standardize_shape
from tensorflow.keras.layers._base import Layer
from tensorflow.keras.layers._input import InputLayer
from tensorflow.keras.models._functional import Functional
from tensorflow.keras.models._model import Model


def _functional_fact(name, what):
    def fact(self):
        if self._functional is None:
            raise AttributeError(f"Sequential model '{self.name}' has no defined {what} yet.")
        return getattr(self._functional, name)

    return property(fact)


class Sequential(Model):
    def __new__(cls, *args, **kwargs):
        return Layer.__new__(cls)

    def __init__(self, layers=None, trainable=True, name=None):
        Model.__init__(self, trainable=trainable, name=name)
        object.__setattr__(self, "_functional", None)
        if layers:
            for layer in layers:
                self.add(layer, rebuild=False)
            self._maybe_rebuild()

    def _set_functional(self, value):
        object.__setattr__(self, "_functional", value)

    def add(self, layer, rebuild=True):
        if not self._layers and getattr(layer, "_input_shape_arg", None) is not None:
            self.add(InputLayer(shape=layer._input_shape_arg))
        if hasattr(layer, "_keras_history") and isinstance(layer._keras_history[0], InputLayer):
            layer = layer._keras_history[0]
        if not isinstance(layer, Layer):
            raise ValueError(
                f"Only instances of `keras.Layer` can be added to a Sequential model. Received: {layer} (of type {type(layer)})"
            )
        if any(layer.name == one.name and layer is not one for one in self._layers):
            raise ValueError(
                f"All layers added to a Sequential model should have unique names. Name '{layer.name}' is already the name "
                "of a layer in this model. Update the `name` argument to pass a unique name."
            )
        if isinstance(layer, InputLayer) and self._layers and isinstance(self._layers[0], InputLayer):
            raise ValueError(
                f"Sequential model '{self.name}' has already been configured to use input shape "
                f"{self._layers[0].batch_shape}. You cannot add a different Input layer to it."
            )
        self._layers.append(layer)
        if rebuild:
            self._maybe_rebuild()
        else:
            self.built = False
            self._set_functional(None)

    def pop(self, rebuild=True):
        layer = self._layers.pop()
        self.built = False
        self._set_functional(None)
        if rebuild:
            self._maybe_rebuild()
        return layer

    def _maybe_rebuild(self):
        self.built = False
        self._set_functional(None)
        first = self._layers[0]
        if len(self._layers) > 1:
            if isinstance(first, InputLayer):
                self.build(first.batch_shape)
            elif hasattr(first, "input_shape"):
                self.build(first.input_shape)

    def _lock_state(self):
        pass

    def build(self, input_shape=None):
        try:
            input_shape = standardize_shape(input_shape)
        except Exception:
            return
        if not self._layers:
            raise ValueError(
                f"Sequential model {self.name} cannot be built because it has no layers. Call `model.add(layer)`."
            )
        if isinstance(self._layers[0], InputLayer):
            if self._layers[0].batch_shape != input_shape:
                raise ValueError(
                    f"Sequential model '{self.name}' has already been configured to use input shape "
                    f"{self._layers[0].batch_shape}. You cannot build it with input_shape {input_shape}"
                )
        else:
            self._layers.insert(0, InputLayer(batch_shape=input_shape, dtype=self._layers[0].compute_dtype))
        inputs = value = self._layers[0].output
        for layer in self._layers[1:]:
            try:
                value = layer(value)
            except NotImplementedError:
                return
            except TypeError:
                self._check_arguments(layer)
                raise
        self._set_functional(Functional(inputs=inputs, outputs=value))

    @staticmethod
    def _check_arguments(layer):
        parameters = inspect.signature(layer.call).parameters.values()
        places = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
        required = [one for one in places if one.default is one.empty]
        if not places:
            raise ValueError(
                "Layers added to a Sequential model should have a single positional argument, the input tensor. Layer "
                f"{type(layer).__name__} has no positional arguments."
            )
        if len(required) > 1:
            raise ValueError(
                "Layers added to a Sequential model can only have a single required positional argument, the input tensor. "
                f"Layer {type(layer).__name__} has multiple required positional arguments: {required}"
            )

    def call(self, inputs, training=None, mask=None, **kwargs):
        if self._functional is not None:
            return self._functional.call(inputs, training=training, mask=mask, **kwargs)
        for layer in self.layers:
            options = {}
            if layer._call_has_mask_arg:
                options["mask"] = mask
            if layer._call_has_training_arg and training is not None:
                options["training"] = training
            inputs = layer(inputs, **options)
            mask = _nest.map_structure(_masks.of, inputs)
        return inputs

    @property
    def layers(self):
        layers = self._layers
        return layers[1:] if layers and isinstance(layers[0], InputLayer) else layers[:]

    @layers.setter
    def layers(self, _):
        raise AttributeError(
            "`Sequential.layers` attribute is reserved and should not be used. Use `add()` and `pop()` to change the layers "
            "in this model."
        )

    def compute_output_spec(self, inputs, training=None, mask=None, **kwargs):
        if self._functional is not None:
            return self._functional.compute_output_spec(inputs, training=training, mask=mask, **kwargs)
        for layer in self.layers:
            inputs = layer.compute_output_spec(inputs, training=training, **kwargs)
        return inputs

    def compute_output_shape(self, input_shape):
        if self._functional is not None:
            return self._functional.compute_output_shape(input_shape)
        for layer in self.layers:
            input_shape = layer.compute_output_shape(input_shape)
        return input_shape

    input_shape = _functional_fact("input_shape", "input shape")
    output_shape = _functional_fact("output_shape", "output shape")
    inputs = _functional_fact("inputs", "inputs")
    outputs = _functional_fact("outputs", "outputs")

    @property
    def input_dtype(self):
        layers = self._layers
        return layers[0].dtype if layers and isinstance(layers[0], InputLayer) else Layer.input_dtype.fget(self)

    def get_config(self):
        config = {**Layer.get_config(self), "layers": copy.deepcopy([_saving.serialize(layer) for layer in self._layers])}
        if self._functional is not None:
            config["build_input_shape"] = self._layers[0].batch_shape
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        model = cls(name=config["name"])
        for layer in config["layers"]:
            model.add(_saving.deserialize(layer, custom_objects))
        if model._functional is None and config.get("build_input_shape"):
            model.build(config["build_input_shape"])
        return model


Sequential.__module__ = "keras.src.models.sequential"
