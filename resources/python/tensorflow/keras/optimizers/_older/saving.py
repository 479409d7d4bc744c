# SPDX-License-Identifier: Apache-2.0
"""Configurations and weights of Keras 2's optimizers."""

from tensorflow.keras.optimizers import _saving, schedules
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

    def _serialize_hyperparameter(self, hyperparameter):
        return plain(hyperparameter)

    @classmethod
    def from_config(cls, config, custom_objects=None):
        if isinstance(config.get("learning_rate"), dict):
            config["learning_rate"] = schedules.deserialize(config["learning_rate"], custom_objects)
        return cls(**config)

    @property
    def variables(self):
        return CallableList(self._variables)

    def set_weights(self, weights):
        _saving.put_back(self._built, self._variables, weights, self._var_key)

    def save_own_variables(self, store):
        _saving.keep(self._variables, store)

    def load_own_variables(self, store):
        _saving.load(self.name, self._variables, store, pairs.log)
