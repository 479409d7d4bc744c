# SPDX-License-Identifier: Apache-2.0
"""tf.keras.optimizers.schedules, in the behaviour that the run has."""

import _tapescope

from tensorflow.keras._saving import registered
from tensorflow.keras.optimizers._schedules_three import LearningRateSchedule

if _tapescope.keras == "3":
    from tensorflow.keras.optimizers import _schedules_three as _behaviour
else:
    from tensorflow.keras.optimizers import _older_schedules as _behaviour
_CLASSES = {one.__name__: one for one in _behaviour.ALL}
globals().update(_CLASSES)
__all__ = ["LearningRateSchedule", "deserialize", "serialize", *_CLASSES]


def serialize(learning_rate_schedule, use_legacy_format=False):
    kind = type(learning_rate_schedule)
    config = {"class_name": kind.__name__, "config": learning_rate_schedule.get_config()}
    if use_legacy_format and _tapescope.keras != "3":
        return config
    own = kind is _CLASSES.get(kind.__name__)
    module = kind.__module__ if kind.__module__ != "__main__" else None
    return {
        "module": "keras.optimizers.schedules" if own else module, **config,
        "registered_name": None if own else getattr(kind, "_registered_name", kind.__name__),
    }


def deserialize(config, custom_objects=None, use_legacy_format=False):
    name = config["class_name"]
    kind = (custom_objects or {}).get(name) or _CLASSES.get(name) or registered.get(config.get("registered_name"))
    if kind is None:
        _unknown(name, config)
    return kind.from_config(config["config"])


def _unknown(name, config):
    if _tapescope.keras != "3" and "module" not in config:
        raise ValueError(
            f"Unknown decay: '{name}'. Please ensure you are using a `keras.utils.custom_object_scope` and that this object is "
            "included in the scope. See https://www.tensorflow.org/guide/keras/save_and_serialize#registering_the_custom_object "
            "for details."
        )
    raise TypeError(
        f"Could not locate class '{name}'. Make sure custom classes and functions are decorated with "
        "`@keras.saving.register_keras_serializable()`. If they are already decorated, make sure they are all imported so that "
        f"the decorator is run before trying to load them. Full object config: {config}"
    )
