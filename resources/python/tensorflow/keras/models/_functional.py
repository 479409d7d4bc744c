# SPDX-License-Identifier: Apache-2.0
"""A model that was made of symbolic inputs and outputs."""

import inspect
import warnings

from tensorflow._values import _nest
from tensorflow.keras import _masks, _ops, _symbols
from tensorflow.keras._specs import InputSpec
from tensorflow.keras.layers._base import Layer
from tensorflow.keras.layers._input import InputLayer
from tensorflow.keras.models import _config
from tensorflow.keras.models._graph import Graph
from tensorflow.keras.models._model import Model
from tensorflow.keras.models._training import Trainer

_KerasTensor = _symbols.KerasTensor


def _has_constructor_of_functional(cls):
    """May it be made of inputs and outputs? A class with other arguments says itself how it is made."""
    accepted = list(inspect.signature(cls.__init__).parameters)
    return cls is Functional or accepted[1:5] == ["inputs", "outputs", "name", "trainable"] or accepted[1:] == ["args", "kwargs"]


def _check_all(kind, tensors, given):
    for tensor in tensors:
        if not isinstance(tensor, _KerasTensor):
            raise ValueError(
                f"All `{kind}` values must be KerasTensors. Received: {kind}={given} including invalid value {tensor} of "
                f"type {type(tensor)}"
            )


def _single(items):
    return items[0] if isinstance(items, list) and len(items) == 1 else items


class Functional(Model):
    def __new__(cls, *args, **kwargs):
        return Layer.__new__(cls)

    def __init__(self, inputs, outputs, name=None, **kwargs):
        Trainer.__init__(self)
        trainable = kwargs.pop("trainable", None)
        flat_inputs, flat_outputs = _nest.flatten(inputs), _nest.flatten(outputs)
        _check_all("inputs", flat_inputs, inputs)
        _check_all("outputs", flat_outputs, outputs)
        Layer.__init__(self, name=name, **kwargs)
        for kind, tensors in (("inputs", flat_inputs), ("outputs", flat_outputs)):
            if not tensors:
                raise ValueError(f"`{kind}` argument cannot be empty. Received:\ninputs={inputs}\noutputs={outputs}")
        self._tracker.enabled = False
        self._inputs_struct, self._outputs_struct = inputs, outputs
        self._inputs, self._outputs = flat_inputs, flat_outputs
        self._graph = Graph(flat_inputs, flat_outputs)
        self._tracker.enabled = True
        self._check_connected()
        if trainable is not None:
            self.trainable = trainable
        for layer in self.layers:
            self._tracker.track(layer)
        self.build(None)
        self._convert_input_args = False
        self._allow_non_tensor_positional_args = True
        self.output_names = [tensor._keras_history[0].name for tensor in flat_outputs]

    def _check_connected(self):
        values = self._graph.values([None] * len(self._inputs), lambda one, *_: [None] * len(_nest.flatten(one.output)))
        for path, tensor in _nest.flatten_with_tuple_paths(self._outputs_struct):
            if id(tensor) not in values:
                raise ValueError(f"Output with path `{'.'.join(map(str, path))}` is not connected to `inputs`")

    def _lock_state(self):
        pass

    @property
    def _nodes_by_depth(self):
        return self._graph.nodes_by_depth

    operations = property(lambda self: list(self._graph.operations))
    _operations = property(lambda self: self._graph.operations)
    inputs = property(lambda self: self._inputs)
    outputs = property(lambda self: self._outputs)
    input = property(lambda self: self._inputs_struct)
    output = property(lambda self: self._outputs_struct)
    input_shape = property(lambda self: _single(_nest.map_structure(lambda one: one.shape, self._inputs)))
    output_shape = property(lambda self: _single(_nest.map_structure(lambda one: one.shape, self._outputs)))

    @property
    def layers(self):
        return [operation for operation in self._graph.operations if isinstance(operation, Layer)]

    @layers.setter
    def layers(self, _):
        raise AttributeError("`Model.layers` attribute is reserved and should not be used. Please use another name.")

    def build(self, input_shape):
        self.built = True

    # ---- calling

    def call(self, inputs, training=None, mask=None, **kwargs):
        inputs = self._standardized(inputs)
        for value, one in zip(inputs, [] if mask is None else _nest.flatten(mask)):
            if one is not None:
                _masks.put(value, one)

        def run(operation, args, options):
            if getattr(operation, "_call_has_training_arg", False) and training is not None:
                options["training"] = training
            return _nest.flatten(operation(*args, **options))

        return self._packed(self._graph.values(inputs, run))

    def _packed(self, values):
        outputs = [values[id(tensor)] for tensor in self._outputs]
        return _single(_nest.pack_sequence_as(self._outputs_struct, outputs))

    def compute_output_spec(self, inputs, training=None, mask=None):
        flat = _nest.flatten(inputs)
        if all(tuple(one.shape) == known.shape for one, known in zip(flat, self._inputs)):
            return _single(_nest.map_structure(lambda one: _KerasTensor(one.shape, one.dtype), self._outputs_struct))
        run = lambda operation, args, options: _nest.flatten(operation.compute_output_spec(*args, **options))  # noqa: E731
        return self._packed(self._graph.values(flat, run))

    def compute_output_shape(self, input_shape):
        is_one = all(size is None or isinstance(size, int) for size in input_shape)
        shapes = [input_shape] if is_one else list(input_shape)
        given = [_KerasTensor(shape, known.dtype) for shape, known in zip(shapes, self._inputs)]
        return _nest.map_structure(lambda one: one.shape, self.compute_output_spec(given if len(given) > 1 else given[0]))

    def _standardized(self, inputs):
        wanted = self._inputs_struct
        if isinstance(inputs, dict) and not isinstance(wanted, dict):
            names = [tensor.name for tensor in self._inputs]
            if set(names) <= set(inputs):
                inputs = [inputs[name] for name in names]
        self._warn_of_structure(inputs)
        flat = []
        for value, known in zip(_nest.flatten(inputs), self._inputs):
            mask = _masks.of(value)
            if not isinstance(value, _KerasTensor):
                value = _ops.cast(value, known.dtype)
            value = self._ranked(value, known)
            flat.append(value if mask is None else _masks.put(value, mask))
        return flat

    def _warn_of_structure(self, inputs):
        wanted = self._inputs_struct
        is_list, given_list = isinstance(wanted, (list, tuple)), isinstance(inputs, (list, tuple))
        if isinstance(wanted, list) and len(wanted) == 1 and not _nest.is_nested(inputs):
            return
        if is_list == given_list and isinstance(wanted, dict) == isinstance(inputs, dict):
            return
        names = _nest.map_structure(lambda one: one.name, wanted)
        shapes = _nest.map_structure(lambda one: "None" if one is None else f"Tensor(shape={one.shape})", inputs)
        warnings.warn(
            f"The structure of `inputs` doesn't match the expected structure.\nExpected: {names}\nReceived: inputs={shapes}"
        )

    def _ranked(self, value, known):
        rank, wanted = len(value.shape), len(known.shape)
        if rank == wanted + 1 and value.shape[-1] == 1:
            return _ops.run("Squeeze", value, axis=[-1])
        if rank == wanted - 1 and known.shape[-1] == 1:
            return _ops.run("ExpandDims", value, axis=-1)
        if rank != wanted:
            raise ValueError(
                f"Invalid input shape for input {value} with name '{known.name}' and path ''. Expected shape {known.shape}, "
                f"but input has incompatible shape {value.shape}"
            )
        return value

    @property
    def input_spec(self):
        if "_manual_input_spec" in self.__dict__:
            return self._manual_input_spec
        if isinstance(self._inputs_struct, dict):
            if not all(isinstance(one, _KerasTensor) for one in self._inputs_struct.values()):
                return None
            return [self._spec_of(self._inputs_struct[name], name) for name in sorted(self._inputs_struct)]
        return [self._spec_of(tensor) for tensor in self._inputs]

    @input_spec.setter
    def input_spec(self, value):
        if value is not None:
            self._manual_input_spec = value

    @staticmethod
    def _spec_of(tensor, name=None):
        layer = tensor._keras_history[0]
        shape = (None, *tensor.shape[1:]) if tensor.shape else ()
        optional = isinstance(layer, InputLayer) and layer.optional
        return InputSpec(shape=shape, allow_last_axis_squeeze=True, name=name or layer.name, optional=optional)

    def add_loss(self, loss):
        raise NotImplementedError

    def get_config(self):
        if not _has_constructor_of_functional(type(self)):
            return Layer.get_config(self)
        return _config.config_of(self)

    @classmethod
    def from_config(cls, config, custom_objects=None):
        if all(key in config for key in ("name", "layers", "input_layers", "output_layers")) and _has_constructor_of_functional(cls):
            return _config.model_from(cls, config, custom_objects)
        return super().from_config(config)


Functional.__module__ = "keras.src.models.functional"
