# SPDX-License-Identifier: Apache-2.0
"""keras.saving: names for classes of one's own, and configurations."""

import inspect

from tensorflow.keras import _saving
from tensorflow.keras._kept import load_model, load_weights, save_model, save_weights  # noqa: F401
from tensorflow.keras._objects import deserialize_keras_object, serialize_keras_object  # noqa: F401


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
