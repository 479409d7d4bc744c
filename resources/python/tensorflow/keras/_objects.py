# SPDX-License-Identifier: Apache-2.0
"""Things of Keras as dictionaries and back: keras.saving.serialize_keras_object and its opposite."""

import functools
import types

import numpy
import _tapescope

import tensorflow as tf
from tensorflow.keras import _saving

_PLAIN = (str, int, float, bool)
_HOMES = ("losses metrics optimizers regularizers constraints initializers optimizers.schedules random layers activations ").split()
_ADVICE = ("Make sure custom classes and functions are decorated with `@keras.saving.register_keras_serializable()`. If they are "
           "already decorated, make sure they are all imported so that the decorator is run before trying to load them. Full "
           "object config: ")


def _at(path):
    """What keras has under a dotted path; None where it has nothing."""
    from tensorflow import keras

    try:
        return functools.reduce(getattr, path.split(".")[1:], keras)
    except AttributeError:
        return None


# ---- there


def _of_a_number(obj):
    """Tensors and numpy's arrays; numbers of numpy's are plain ones."""
    if _tapescope.is_tensor(obj):
        return {"class_name": "__tensor__", "config": {"value": obj.numpy().tolist(), "dtype": obj.dtype.name}}
    if isinstance(obj, numpy.ndarray) and obj.ndim > 0:
        return {"class_name": "__numpy__", "config": {"value": obj.tolist(), "dtype": obj.dtype.name}}
    return obj.item()


_SPECIAL = {
    bytes: lambda obj: {"class_name": "__bytes__", "config": {"value": obj.decode("utf-8")}},
    slice: lambda obj: {"class_name": "__slice__", "config": {part: getattr(obj, part) for part in ("start", "stop", "step")}},
    type(...): lambda obj: {"class_name": "__ellipsis__", "config": {}},
    tf.TensorShape: lambda obj: obj.as_list() if obj.rank is not None else None,
    tf.DType: lambda obj: obj.name,
}


def serialize_keras_object(obj):
    from tensorflow.keras import KerasTensor
    from tensorflow.keras.layers import Layer

    if obj is None or isinstance(obj, _PLAIN):
        return obj
    if isinstance(obj, (list, tuple)):
        values = [serialize_keras_object(value) for value in obj]
        return tuple(values) if isinstance(obj, tuple) else values
    if isinstance(obj, dict):
        return {key: serialize_keras_object(value) for key, value in obj.items()}
    special = next((made for kind, made in _SPECIAL.items() if isinstance(obj, kind)), None)
    if special is not None:
        return special(obj)
    if isinstance(obj, KerasTensor):
        return {"class_name": "__keras_tensor__", "config": {"shape": obj.shape, "dtype": obj.dtype, "keras_history": None}}
    if _tapescope.is_tensor(obj) or isinstance(obj, (numpy.ndarray, numpy.generic)):
        return _of_a_number(obj)
    if isinstance(obj, types.FunctionType):
        return {"module": "builtins", "class_name": "function", "config": getattr(obj, "_registered_name", obj.__name__),
                "registered_name": "function"}
    if isinstance(obj, Layer):
        return _of_a_layer(obj)
    return _of_an_object(obj)


def _of_a_layer(layer):
    from tensorflow.keras.models import Sequential, _json

    config = _saving.serialize(layer)
    if type(layer) is Sequential:
        config = {**config, "module": "keras", "registered_name": None}
        if layer.built:
            config["build_config"] = layer.get_build_config()
        config["compile_config"] = _json.compile_config(layer)
    return config


def _of_an_object(obj):
    cls = type(obj)
    if not hasattr(obj, "get_config"):
        if hasattr(obj, "__name__"):
            return {"module": "builtins", "class_name": cls.__name__, "config": obj.__name__, "registered_name": cls.__name__}
        raise TypeError(f"Cannot serialize object {obj} of type {cls}. To be serializable, a class must implement the "
                        "`get_config()` method.")
    config = obj.get_config()
    if not isinstance(config, dict):
        raise TypeError(f"The `get_config()` method of {obj} should return a dict. It returned: {config}")
    config = serialize_keras_object(config)
    if cls.__name__ == "DTypePolicy":
        return {"module": "keras", "class_name": cls.__name__, "config": config, "registered_name": None}
    home = next((f"keras.{home}" for home in _HOMES if getattr(_at(f"keras.{home}"), cls.__name__, None) is cls), None)
    own = cls.__module__ if cls.__module__ != "__main__" else None
    name = getattr(cls, "_registered_name", cls.__name__)
    return {"module": home or own, "class_name": cls.__name__, "config": config, "registered_name": None if home else name}


# ---- and back


def _refused_lambda(value):
    raise ValueError(
        "Requested the deserialization of a Python lambda. This carries a potential risk of arbitrary code execution and thus it "
        "is disallowed by default. If you trust the source of the artifact, you can override this error by passing "
        "`safe_mode=False` to the loading function, or calling `keras.config.enable_unsafe_deserialization().")


def _symbol(config):
    from tensorflow.keras import KerasTensor

    return KerasTensor(config["shape"], dtype=config["dtype"])


_MADE = {
    "__tensor__": lambda config: tf.convert_to_tensor(numpy.array(config["value"], config["dtype"])),
    "__numpy__": lambda config: numpy.array(config["value"], dtype=config["dtype"]),
    "__bytes__": lambda config: config["value"].encode("utf-8"),
    "__ellipsis__": lambda config: ...,
    "__slice__": lambda config: slice(config["start"], config["stop"], config["step"]),
    "__keras_tensor__": _symbol,
    "__lambda__": _refused_lambda,
}


def deserialize_keras_object(config, custom_objects=None, safe_mode=True, **kwargs):
    known = {**(custom_objects or {}), **_saving.registered}
    if config is None:
        return None
    if isinstance(config, str) and config in known:
        return known[config]
    if isinstance(config, (list, tuple)):
        return [deserialize_keras_object(value, custom_objects) for value in config]
    if isinstance(config, _PLAIN):
        return config
    if not isinstance(config, dict):
        raise TypeError(f"Could not parse config: {config}")
    if "class_name" not in config or "config" not in config:
        return {key: deserialize_keras_object(value, custom_objects) for key, value in config.items()}
    name, inner = config["class_name"], config["config"]
    inner = {} if inner is None else inner
    if name in _MADE:
        return _MADE[name](inner)
    kind, wanted = ("null str fora function classname", str) if name == "function" else (f"dict for {name}", dict)
    if not isinstance(inner, wanted):
        start = "Expected 'config' to be a non-" if wanted is str else "Expected 'config' to be a "
        raise TypeError(f"{start}{kind},\ninstead got {type(inner)}\nFull config: {config}")
    found = _found(config, name, inner, known)
    return found if wanted is str or isinstance(found, types.FunctionType) else _revived(found, name, config, inner, custom_objects)


def _found(config, name, inner, known):
    """The class or the function that a configuration names."""
    function = name == "function"
    registered = known.get(inner if function else config.get("registered_name", name))
    if registered is None and not function:
        registered = known.get(name)
    if registered is not None:
        return registered
    module = config.get("module") or ""
    if function and module == "builtins":
        homes = [f"keras.{home}" for home in ("activations", "losses", "metrics", "initializers", "regularizers", "constraints", "ops")]
        for path in (f"{home}.{inner}" for home in homes):
            if _at(path) is not None:
                return _unnamed(config, inner, path)
        of_old = next((one for key, one in known.items() if ">" not in inner and key.endswith(f">{inner}")), None)
        if of_old is not None:
            return of_old
    elif module.partition(".")[0] == "keras":
        found = _at(f"{module}.{inner if function else name}")
        if found is not None:
            return _unnamed(config, inner if function else name, f"{module}.{name}")
        found = _hidden(module, name)
        if found is not None:
            return found
        if _at(module) is not None:
            raise ValueError(f"Could not deserialize '{module}.{name}' because it is not a KerasSaveable subclass")
        raise TypeError(f"Could not deserialize {'function' if function else 'class'} '{name}' because its parent module {module} "
                        f"cannot be imported. Full object config: {config}")
    raise TypeError(f"Could not locate {'function' if function else 'class'} '{inner if function else name}'. {_ADVICE}{config}")


def _hidden(module, name):
    """Classes that Keras exports nowhere are told by the module of their source."""
    from tensorflow import keras

    if name == "Functional":
        return keras.Model
    return None if ".src." not in f"{module}." else getattr(keras.layers, name, None)


def _unnamed(config, name, path):
    given = config.get("registered_name")
    if given and given not in (name, config["class_name"]):
        raise ValueError(f"`registered_name={given!r}` was provided in the config, but '{path}' resolved to a Keras built-in and does "
                         f"not use registered names. Remove the `registered_name` field from the config. Full object config: {config}")
    return _at(path)


def _revived(cls, name, config, inner, custom_objects):
    from tensorflow.keras.layers import Layer

    if isinstance(cls, type) and issubclass(cls, Layer):
        layer = _saving.deserialize({**config, "config": inner}, {**(custom_objects or {}), name: cls})
        return _compiled(layer, config.get("compile_config"))
    if not hasattr(cls, "from_config"):
        raise TypeError(f"Unable to reconstruct an instance of '{name}' because the class is missing a `from_config()` method. "
                        f"Full object config: {config}")
    try:
        return cls.from_config(inner)
    except TypeError as error:
        raise TypeError(f"{cls} could not be deserialized properly. Please ensure that components that are Python object instances "
                        "(layers, models, etc.) returned by `get_config()` are explicitly deserialized in the model's "
                        f"`from_config()` method.\n\nconfig={config}.\n\nException encountered: {error}") from None


def _compiled(model, config):
    if config:
        from tensorflow.keras.models import _json

        _json.compile_from(model, config)
    return model
