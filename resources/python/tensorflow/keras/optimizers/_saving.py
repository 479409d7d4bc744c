# SPDX-License-Identifier: Apache-2.0
"""Configurations of optimizers, and their weights: what Keras 3 writes and reads."""

import warnings

from tensorflow._taping._zip import _python_zip
from tensorflow.keras._named import reduced
from tensorflow.keras.optimizers import schedules
from tensorflow.keras.optimizers._variables import Variable


def packed(thing, module):
    """keras.saving.serialize_keras_object, of a class of Keras's own."""
    cls = type(thing)
    config = {"module": module, "class_name": cls.__name__, "config": thing.get_config(), "registered_name": None}
    if not cls.__module__.startswith("keras."):  # a class of the script's
        config["module"] = cls.__module__ if cls.__module__ != "__main__" else None
        config["registered_name"] = getattr(cls, "_registered_name", cls.__name__)
    return config


def put_back(built, variables, weights, name_of):
    """What set_weights() does in every Keras since 2.11; `name_of` a variable, as its complaint has it."""
    if not built:
        raise ValueError(
            "You are calling `set_weights()` on an optimizer that has not yet been built. Please call "
            "`optimizer.build(trainable_variables)` to create the optimizer weights before calling `set_weights()`."
        )
    for variable, weight in _python_zip(variables, weights):
        if tuple(variable.shape) != tuple(weight.shape):
            raise ValueError(
                f"Optimizer variable {name_of(variable)} has shape {variable.shape} not compatible with provided weight "
                f"shape {weight.shape}."
            )
        variable.assign(weight)


def keep(variables, store):
    for place, variable in enumerate(variables):
        store[str(place)] = variable.numpy()


def load(name, variables, stored, say):
    """The other way; `say` what is wrong where the numbers differ."""
    if len(stored.keys()) != len(variables):
        say(
            f"Skipping variable loading for optimizer '{name}', because it has {len(variables)} variables whereas the saved "
            f"optimizer has {len(stored.keys())} variables. "
        )
        return
    for place, variable in enumerate(variables):
        variable.assign(stored[str(place)])


class Saved:
    def get_config(self):
        rate = self._learning_rate
        if isinstance(rate, schedules.LearningRateSchedule):
            rate = schedules.serialize(rate)
        elif isinstance(rate, Variable):
            rate = float(rate)
        config = {"name": self.name, "learning_rate": rate, **self._shared_config()}
        for name in self._numbers or ():
            config[name] = getattr(self, name)
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        if isinstance(config.get("learning_rate"), dict):
            config["learning_rate"] = schedules.deserialize(config["learning_rate"], custom_objects)
        return cls(**config)

    def __reduce__(self):
        stored = {}
        self.save_own_variables(stored)
        revive, arguments = reduced(self, "optimizers")
        return revive, (*arguments, stored)

    def set_weights(self, weights):
        put_back(self.built, self.variables, weights, lambda variable: variable.name)

    def save_own_variables(self, store):
        keep(self.variables, store)

    def load_own_variables(self, store):
        load(self.name, self.variables, store, lambda text: warnings.warn(text, stacklevel=4))
