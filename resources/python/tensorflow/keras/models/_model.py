# SPDX-License-Identifier: Apache-2.0
"""keras.Model."""

from tensorflow._surface import _walls
from tensorflow.keras import _kept
from tensorflow.keras.layers._base import Layer
from tensorflow.keras.models import _summary, _training


def _is_functional(args, kwargs):
    return len(args) == 2 or (len(args) == 1 and "outputs" in kwargs) or ("inputs" in kwargs and "outputs" in kwargs)


def _on_functional(cls):
    """A subclass of Model that is made of inputs and outputs stands on Functional from then on."""
    from tensorflow.keras.models._functional import Functional

    if cls is Model:
        return Functional
    if cls is object:
        return object
    cls.__bases__ = tuple(_on_functional(base) for base in cls.__bases__)
    cls.__new__(cls)
    return cls


class Model(_training.Trainer, Layer):
    def __new__(cls, *args, **kwargs):
        if cls is Model and _is_functional(args, kwargs):
            from tensorflow.keras.models._functional import Functional

            return Layer.__new__(Functional)
        return Layer.__new__(cls)

    def __init__(self, *args, **kwargs):
        _training.Trainer.__init__(self)
        if _is_functional(args, kwargs):
            from tensorflow.keras.models._functional import Functional

            if not isinstance(self, Functional):
                _on_functional(type(self))
            Functional.__init__(self, *args, **kwargs)
        else:
            Layer.__init__(self, *args, **kwargs)

    def to_json(self, **kwargs):
        from tensorflow.keras.models import _json

        return _json.to_json(self, **kwargs)

    @classmethod
    def from_config(cls, config, custom_objects=None):
        if "layers" in config and "input_layers" in config:
            from tensorflow.keras.models._functional import Functional

            return Functional.from_config(config, custom_objects)
        return super().from_config(config)

    def call(self, *args, **kwargs):
        raise NotImplementedError(f"Model {type(self).__name__} does not have a `call()` method implemented.")

    @property
    def layers(self):
        return list(self._flatten_layers(include_self=False, recursive=False))

    @layers.setter
    def layers(self, _):
        raise AttributeError("`Model.layers` attribute is reserved and should not be used. Please use another name.")

    def get_layer(self, name=None, index=None):
        layers = self.layers
        if index is not None and name is not None:
            raise ValueError(f"Provide only a layer name or a layer index. Received: index={index}, name={name}.")
        if index is not None:
            if len(layers) <= index:
                raise ValueError(f"Was asked to retrieve layer at index {index} but model only has {len(layers)} layers.")
            return layers[index]
        if name is None:
            raise ValueError("Provide either a layer name or layer index at `get_layer`.")
        for layer in layers:
            if layer.name == name:
                return layer
        raise ValueError(f"No such layer: {name}. Existing layers are: {[layer.name for layer in layers]}.")

    def summary(
        self, line_length=None, positions=None, print_fn=None, expand_nested=False, show_trainable=False, layer_range=None
    ):
        _summary.print_summary(self, line_length, positions, print_fn, expand_nested, show_trainable)

    save, save_weights, load_weights = _kept.save_model, _kept.save_weights, _kept.load_weights

    def export(self, filepath, format="tf_saved_model", **kwargs):
        return _walls.function("tf.keras.Model.export")()


Model.__module__ = "keras.src.models.model"
