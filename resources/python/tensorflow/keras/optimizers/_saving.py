# SPDX-License-Identifier: Apache-2.0
"""Configurations of optimizers, and their weights: what Keras 3 writes and reads."""

import warnings

from tensorflow.keras.optimizers import schedules
from tensorflow.keras.optimizers._variables import Variable


def packed(thing, module):
    """keras.saving.serialize_keras_object, of a class of Keras's own."""
    return {"module": module, "class_name": type(thing).__name__, "config": thing.get_config(), "registered_name": None}


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

    def set_weights(self, weights):
        if not self.built:
            raise ValueError(
                "You are calling `set_weights()` on an optimizer that has not yet been built. Please call "
                "`optimizer.build(trainable_variables)` to create the optimizer weights before calling `set_weights()`."
            )
        for variable, weight in zip(self.variables, weights):
            if tuple(variable.shape) != tuple(weight.shape):
                raise ValueError(
                    f"Optimizer variable {variable.name} has shape {variable.shape} not compatible with provided weight "
                    f"shape {weight.shape}."
                )
            variable.assign(weight)

    def save_own_variables(self, store):
        for place, variable in enumerate(self.variables):
            store[str(place)] = variable.numpy()

    def load_own_variables(self, store):
        if len(store.keys()) != len(self.variables):
            warnings.warn(
                f"Skipping variable loading for optimizer '{self.name}', because it has {len(self.variables)} variables "
                f"whereas the saved optimizer has {len(store.keys())} variables. ",
                stacklevel=2,
            )
            return
        for place, variable in enumerate(self.variables):
            variable.assign(store[str(place)])
