# SPDX-License-Identifier: Apache-2.0
"""Configurations of layers: keras.saving.serialize_keras_object, and back."""

import inspect

registered = {}


def register_keras_serializable(package="Custom", name=None):
    def decorate(cls):
        registered[f"{package}>{name or cls.__name__}"] = cls
        cls._registered_name = f"{package}>{name or cls.__name__}"
        return cls

    return decorate


def serialize(layer):
    cls = type(layer)
    own = cls.__module__.startswith("keras.")
    hidden = own and (hasattr(layer, "kind") or cls.__name__ == "Functional")  # a class that Keras exports nowhere
    home = cls.__module__ if hidden else "keras" if cls.__name__ in ("Sequential", "Model") else "keras.layers"
    name = getattr(layer, "kind", cls.__name__) if own else cls.__name__
    config = {
        "module": home if own else None, "class_name": name, "config": layer.get_config(),
        "registered_name": (name if hidden else None) if own else getattr(cls, "_registered_name", cls.__name__),
    }  # fmt: skip
    if hidden and hasattr(layer, "kind"):
        return config
    if cls.__name__ == "Functional":
        from tensorflow.keras.models import _json

        return {**config, "build_config": {"input_shape": None}, "compile_config": _json.compile_config(layer)}
    build = layer.get_build_config() if hasattr(layer, "get_build_config") else None
    if build is not None:
        config["build_config"] = build
    return config


def deserialize(config, custom_objects=None):
    from tensorflow import keras

    name = config["class_name"]
    found = (custom_objects or {}).get(name) or registered.get(config.get("registered_name"))
    if found is None:
        found = getattr(keras.layers, name, None) or getattr(keras, name, None)
    if found is None and name == "Functional":
        found = keras.Model
    if found is None:
        raise TypeError(f"Could not locate class '{name}'. Make sure custom classes are decorated with "
                        "`@keras.saving.register_keras_serializable()`.")
    if custom_objects and "custom_objects" in inspect.signature(found.from_config).parameters:
        layer = found.from_config(config["config"], custom_objects=custom_objects)
    else:
        layer = found.from_config(config["config"])
    if config.get("build_config") and not layer.built:
        layer.build_from_config(config["build_config"])
    return layer


def serialize_named(thing, module, known):
    """The configuration of a loss or a metric; a function is its name."""
    cls = type(thing)
    if not hasattr(thing, "get_config"):
        return thing.__name__
    own = known.get(cls.__name__) is cls
    return {"module": module if own else cls.__module__, "class_name": cls.__name__, "config": thing.get_config(),
            "registered_name": None if own else getattr(cls, "_registered_name", cls.__name__)}


def deserialize_named(config, known, custom_objects=None):
    name = config["class_name"] if isinstance(config, dict) else config
    found = (custom_objects or {}).get(name) or known.get(name)
    found = found or (registered.get(config.get("registered_name")) if isinstance(config, dict) else None)
    if found is None:
        raise TypeError(f"Could not locate class '{name}'. Make sure custom classes are decorated with "
                        "`@keras.saving.register_keras_serializable()`.")
    return found.from_config(config["config"]) if isinstance(config, dict) else found
