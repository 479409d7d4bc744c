# SPDX-License-Identifier: Apache-2.0
"""Configurations and weights of Keras 2's optimizers."""

from tensorflow._zip import _python_zip
from tensorflow.keras.optimizers import schedules
from tensorflow.keras.optimizers._older import pairs
from tensorflow.keras.optimizers._older.variables import OptimizerVariable


class CallableList(list):
    def __call__(self):
        return self


def plain(value):
    """A number as a configuration has it."""
    if isinstance(value, schedules.LearningRateSchedule):
        return schedules.serialize(value)
    if isinstance(value, OptimizerVariable):
        return value.numpy()
    return value() if callable(value) else value


class Saved:
    def get_config(self):
        shared = (
            "name", "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "use_ema", "ema_momentum",
            "ema_overwrite_frequency", "jit_compile",
        )
        config = {**{name: getattr(self, name) for name in shared}, "is_legacy_optimizer": False}
        if self._numbers is not None:
            config["learning_rate"] = plain(self._learning_rate)
        config.update((name, getattr(self, name)) for name in self._numbers or () if name != "adaptive_epsilon")
        return config

    @classmethod
    def from_config(cls, config, custom_objects=None):
        if isinstance(config.get("learning_rate"), dict):
            config["learning_rate"] = schedules.deserialize(config["learning_rate"], custom_objects)
        return cls(**config)

    @property
    def variables(self):
        return CallableList(self._variables)

    def set_weights(self, weights):
        if not self._built:
            raise ValueError(
                "You are calling `set_weights()` on an optimizer that has not yet been built. Please call "
                "`optimizer.build(trainable_variables)` to create the optimizer weights before calling `set_weights()`."
            )
        for variable, weight in _python_zip(self._variables, weights):
            if tuple(variable.shape) != tuple(weight.shape):
                raise ValueError(
                    f"Optimizer variable {self._var_key(variable)} has shape {variable.shape} not compatible with provided "
                    f"weight shape {weight.shape}."
                )
            variable.assign(weight)

    def save_own_variables(self, store):
        for place, variable in enumerate(self._variables):
            store[str(place)] = variable.numpy()

    def load_own_variables(self, store):
        if len(store.keys()) == len(self._variables):
            for place, variable in enumerate(self._variables):
                variable.assign(store[str(place)])
            return
        pairs.log(
            f"Skipping variable loading for optimizer '{self.name}', because it has {len(self._variables)} variables "
            f"whereas the saved optimizer has {len(store.keys())} variables. "
        )
