# SPDX-License-Identifier: Apache-2.0
"""tf.keras.optimizers before Keras 3."""

import _tapescope

from tensorflow.keras.optimizers._older import base, classes, legacy, legacy_base

_LEGACY = _tapescope.keras == "legacy"
Optimizer = legacy_base.Optimizer if _LEGACY else base.Optimizer
_CLASSES = legacy.ALL if _LEGACY else classes.ALL
globals().update((one.__name__, one) for one in _CLASSES)
__all__ = ["Optimizer", "deserialize", "get", "serialize", *(one.__name__ for one in _CLASSES)]
_NEW = {one.__name__.lower(): one for one in classes.ALL if one.__name__ not in ("Adafactor", "Lion")}  # these are not found by name
_OLD = {one.__name__.lower(): one for one in legacy.ALL}


def _known(old):
    """Classes by the names that configurations have for them; around others, that which fits."""
    from tensorflow.keras.optimizers._older.scaling import LossScaleOptimizer, LossScaleOptimizerV3

    around = LossScaleOptimizer if old else LossScaleOptimizerV3
    return {**(_OLD if old else _NEW), "lossscaleoptimizer": around, "lossscaleoptimizerv3": LossScaleOptimizerV3}


def serialize(optimizer, use_legacy_format=False, **kwargs):
    config = {key: value.item() if hasattr(value, "item") else value for key, value in optimizer.get_config().items()}
    if use_legacy_format:
        return {"class_name": type(optimizer).__name__, "config": config}
    old = isinstance(optimizer, legacy_base.Optimizer)
    return {
        "module": "keras.optimizers.legacy" if old else "keras.optimizers", "class_name": type(optimizer).__name__,
        "config": config, "registered_name": None,
    }


def deserialize(config, custom_objects=None, use_legacy_format=False, **kwargs):
    old = kwargs.pop("use_legacy_optimizer", _LEGACY)
    if kwargs:
        raise TypeError(f"Invalid keyword arguments: {kwargs}")
    if len(config["config"]) > 0:
        old = config["config"].get("is_legacy_optimizer", True)
    name, known = config["class_name"], _known(old)
    kind = (custom_objects or {}).get(name) or known.get(name.lower())
    if name.lower() in known:
        config["class_name"] = name.lower()
    if kind is None:
        raise ValueError(
            f"Unknown optimizer: '{name}'. Please ensure you are using a `keras.utils.custom_object_scope` and that this "
            "object is included in the scope. See "
            "https://www.tensorflow.org/guide/keras/save_and_serialize#registering_the_custom_object for details."
        )
    return kind.from_config(dict(config["config"]))


def get(identifier, **kwargs):
    old = kwargs.pop("use_legacy_optimizer", _LEGACY)
    if kwargs:
        raise TypeError(f"Invalid keyword arguments: {kwargs}")
    if isinstance(identifier, (base.Optimizer, legacy_base.Optimizer)):
        return identifier
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if isinstance(identifier, str):
        return deserialize({"class_name": identifier, "config": {}}, use_legacy_optimizer=old)
    raise ValueError(f"Could not interpret optimizer identifier: {identifier}")
