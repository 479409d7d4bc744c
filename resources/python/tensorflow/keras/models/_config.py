# SPDX-License-Identifier: Apache-2.0
"""A functional model as a configuration, and back: which layers it has, and what each was called with."""

import copy

from tensorflow._values import _nest
from tensorflow.keras import _saving, _symbols
from tensorflow.keras._symbols import KerasTensor


def _is_model(operation):
    from tensorflow.keras.models._functional import Functional

    return isinstance(operation, Functional)


class _Places:
    """Calls that belong to the model have numbers of their own; a model inside has one more, that of its own inputs."""

    def __init__(self, graph):
        self._graph = graph

    def nodes_of(self, operation):
        return [node for node in operation._inbound_nodes if node in self._graph.nodes]

    def of(self, tensor):
        operation, index, place = tensor._keras_history
        number = sum(1 for node in operation._inbound_nodes[:index] if node in self._graph.nodes)
        return [operation.name, number + _is_model(operation), place]


def _plain(value, places):
    if isinstance(value, KerasTensor):
        history = places.of(value)
        operation = value._keras_history[0]
        history[1] -= _is_model(operation)  # Keras counts it where a model's own tensors are named, and not here
        facts = {"shape": tuple(value.shape), "dtype": value.dtype, "keras_history": history}
        return {"class_name": "__keras_tensor__", "config": facts}
    if isinstance(value, dict):
        return {key: _plain(one, places) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(one, places) for one in value)
    from tensorflow.keras import saving

    return saving.serialize_keras_object(value)


def config_of(model):
    places = _Places(model._graph)
    layers = []
    for operation in model.operations:
        config = _saving.serialize(operation)
        config["name"] = operation.name
        config["inbound_nodes"] = [
            {"args": tuple(_plain(one, places) for one in node.arguments.args), "kwargs": _plain(node.arguments.kwargs, places)}
            for node in places.nodes_of(operation) if not node.is_input
        ]
        layers.append(config)
    return copy.deepcopy({
        "name": model.name, "trainable": model.trainable, "layers": layers,
        "input_layers": _nest.map_structure(places.of, model._inputs_struct),
        "output_layers": _nest.map_structure(places.of, model._outputs_struct),
    })


def _made(config, custom_objects):
    if str(config.get("module")).startswith("keras.src.ops"):
        return _symbols.operation_named(config["class_name"], config["config"].get("name"))
    return _saving.deserialize(config, custom_objects)


class _Building:
    def __init__(self, configs, custom_objects):
        self.made = {config["name"]: _made(config, custom_objects) for config in configs}
        self._before = {name: len(layer._inbound_nodes) - (not config["inbound_nodes"])
                        for (name, layer), config in zip(self.made.items(), configs)}
        self._waiting = {config["name"]: list(config["inbound_nodes"]) for config in configs}

    def call_all(self):
        while any(self._waiting.values()):
            called = False
            for name, nodes in self._waiting.items():
                while nodes and self._call(self.made[name], nodes[0]):
                    nodes.pop(0)
                    called = True
            if not called:
                left = {self.made[name]: nodes for name, nodes in self._waiting.items() if nodes}
                raise ValueError(
                    "Invalid Functional model configuration. The graph of the Functional model either has loops or disconnected "
                    f"nodes. The following nodes failed to be resolved: {left}"
                )

    def _call(self, layer, node):
        try:
            args, kwargs = self._filled(node["args"]), self._filled(node["kwargs"])
        except IndexError:
            return False  # what it needs is not there yet
        layer(*args, **kwargs)
        return True

    def _filled(self, value):
        if isinstance(value, dict) and value.get("class_name") == "__keras_tensor__":
            return self._tensor(*value["config"]["keras_history"])
        if isinstance(value, dict) and "class_name" not in value:
            return {key: self._filled(one) for key, one in value.items()}
        if isinstance(value, (list, tuple)):
            return [self._filled(one) for one in value]
        from tensorflow.keras import saving

        return saving.deserialize_keras_object(value)

    def _tensor(self, name, number, place):
        if name not in self.made:
            raise RuntimeError(f"Internal error: could not find layer {name}.")
        return self.made[name]._inbound_nodes[self._before[name] + number].outputs[place]

    def structure(self, value):
        if isinstance(value, (list, tuple)) and len(value) == 3 and isinstance(value[0], str):
            return self._tensor(value[0], value[1] - _is_model(self.made.get(value[0])), value[2])
        if isinstance(value, dict):
            return {key: self.structure(one) for key, one in value.items()}
        return type(value)(self.structure(one) for one in value)


def model_from(cls, config, custom_objects=None):
    config = dict(config)
    building = _Building(config.pop("layers"), custom_objects)
    building.call_all()
    inputs, outputs = (building.structure(config.pop(key)) for key in ("input_layers", "output_layers"))
    name, trainable = config.pop("name", None), config.pop("trainable", None)
    return cls(inputs=inputs, outputs=outputs, name=name, trainable=trainable, **config)
