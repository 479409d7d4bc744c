# SPDX-License-Identifier: Apache-2.0
"""keras.saving: names for classes of one's own, and configurations."""

import inspect

from tensorflow.keras import _saving
from tensorflow.keras._kept import load_model, load_weights, save_model, save_weights  # noqa: F401


def register_keras_serializable(package="Custom", name=None):
    def decorate(thing):
        if inspect.isclass(thing) and not hasattr(thing, "get_config"):
            raise ValueError("Cannot register a class that does not have a get_config() method.")
        return _saving.register_keras_serializable(package, name)(thing)

    return decorate


def get_custom_objects():
    return _saving.registered


def get_registered_name(obj):
    return getattr(obj, "_registered_name", obj.__name__) if getattr(obj, "_registered_name", None) in _saving.registered else obj.__name__


def get_registered_object(name, custom_objects=None, module_objects=None):
    for known in (_saving.registered, custom_objects or {}, module_objects or {}):
        if name in known:
            return known[name]
    return None


class CustomObjectScope:
    """Names that hold inside."""

    def __init__(self, custom_objects):
        self.custom_objects = custom_objects or {}

    def __enter__(self):
        self._before = dict(_saving.registered)
        _saving.registered.update(self.custom_objects)
        return self

    def __exit__(self, *args):
        _saving.registered.clear()
        _saving.registered.update(self._before)


custom_object_scope = CustomObjectScope


def _homes():
    from tensorflow import keras

    names = "activations initializers losses metrics optimizers regularizers constraints layers".split()
    return {name: getattr(keras, name) for name in names}


def serialize_keras_object(obj):
    if obj is None or isinstance(obj, (str, int, float, bool)):
        return obj
    if isinstance(obj, (list, tuple, dict)):
        if isinstance(obj, dict):
            return {key: serialize_keras_object(value) for key, value in obj.items()}
        return [serialize_keras_object(value) for value in obj]
    cls = type(obj)
    home = next((name for name, module in _homes().items() if getattr(module, cls.__name__, None) is cls), None)
    if home == "layers":
        return _saving.serialize(obj)
    return _saving.serialize_named(obj, f"keras.{home}", {cls.__name__: cls} if home else {})


def deserialize_keras_object(config, custom_objects=None, safe_mode=True, **kwargs):
    if not isinstance(config, dict) or "class_name" not in config:
        return config
    home = str(config.get("module") or "").rpartition(".")[2]
    if home in ("layers", "keras", ""):
        return _saving.deserialize(config, custom_objects)
    return _saving.deserialize_named(config, vars(_homes()[home]), custom_objects)
