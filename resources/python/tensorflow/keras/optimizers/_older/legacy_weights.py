# SPDX-License-Identifier: Apache-2.0
"""What a legacy optimizer keeps: its counter, slots beside variables, and all of them as a list of weights."""

import _tapescope

from tensorflow.keras import _kept
from tensorflow.keras.optimizers import schedules
from tensorflow.keras.optimizers._older import pairs
from tensorflow.keras.optimizers._older.saving import plain
from tensorflow.keras.optimizers._older.variables import OptimizerVariable, Slot
from tensorflow.keras.optimizers._variables import kind_of


def key_of(variable):
    return variable._unique_id


class Weights:
    def _start(self, name):
        own = {
            "_name": name or type(self).__name__, "_hyper": {}, "_slots": {}, "_slot_names": [], "_weights": [],
            "_iterations": None, "_hypers_created": False, "_number": None, "_use_locking": True,
            "_slotted": {},  # by id(): the variables whose slots are there
        }
        self.__dict__.update(own)

    @property
    def iterations(self):
        if self._iterations is None:
            self._iterations = OptimizerVariable(0, "int64", "iter")
            self._weights.append(_kept.restored(self, self._iterations))
        return self._iterations

    @iterations.setter
    def iterations(self, variable):
        if self._iterations is not None:
            raise RuntimeError(
                "Cannot set `iterations` to a new Variable after the Optimizer weights have been created. Here it is "
                f"attempting to set `iterations` to {variable}."
            )
        self._iterations = variable
        self._weights.append(variable)

    def _keep(self, variable, shown, make):
        if shown not in self._slot_names:
            self._slot_names.append(shown)
        kept = self._slots.setdefault(key_of(variable), {})
        if shown not in kept:
            kept[shown] = make()
            self._weights.append(_kept.restored(self, kept[shown]))
        return kept[shown]

    def _engine_slot(self, variable, slot):
        shown = pairs.SHOWN(pairs.LEGACY, self._rule, slot)
        name = f"{pairs.name_of(variable)}/{shown}"
        return self._keep(variable, shown, lambda: Slot(self._number, variable, slot, name))

    def add_slot(self, var, slot_name, initializer="zeros", shape=None):
        import numpy

        def make():
            dtype, sizes = pairs.dtype_of(var), var.shape.as_list() if shape is None else list(shape)
            if callable(initializer):
                value = _tapescope.array(initializer(sizes, var.dtype))
            elif isinstance(initializer, str):
                value = numpy.full(sizes, {"zeros": 0, "ones": 1}[initializer], kind_of(dtype))
            else:
                value = _tapescope.array(_tapescope.tensor(initializer, dtype))
            return OptimizerVariable(value, dtype, f"{pairs.name_of(var)}/{slot_name}")

        return self._keep(var, slot_name, make)

    def get_slot(self, var, slot_name):
        return self._slots[key_of(var)][slot_name]

    def get_slot_names(self):
        return self._slot_names

    def add_weight(self, name, shape, dtype=None, initializer="zeros", trainable=None, **others):
        import numpy

        dtype = getattr(dtype, "name", dtype) or "float32"
        if callable(initializer):
            value = _tapescope.array(initializer(shape, dtype))
        else:
            value = numpy.full(tuple(shape), {"zeros": 0, "ones": 1}.get(initializer, initializer), kind_of(dtype))
        return OptimizerVariable(value, dtype, name)

    def variables(self):
        return self._weights

    @property
    def weights(self):
        return self._weights

    def get_weights(self):
        return [weight.numpy() for weight in self._weights]

    def set_weights(self, weights):
        own = self._weights
        if len(own) != len(weights):
            raise ValueError(
                f"You called `set_weights(weights)` on optimizer {self._name} with a  weight list of length {len(weights)}, "
                f"but the optimizer was expecting {len(own)} weights. Provided weights: {str(weights)[:50]}..."
            )
        for variable, weight in zip(own, weights):
            if tuple(variable.shape) != tuple(getattr(weight, "shape", ())):
                raise ValueError(
                    f"Optimizer weight shape {tuple(variable.shape)} not compatible with provided weight shape "
                    f"{weight.shape}."
                )
            variable.assign(weight)

    def _serialize_hyperparameter(self, hyperparameter_name):
        return plain(self._hyper[hyperparameter_name])

    def get_config(self):
        limits = ((name, getattr(self, name)) for name in ("clipnorm", "clipvalue", "global_clipnorm"))
        return {"name": self._name, **{name: value for name, value in limits if value is not None}}

    @classmethod
    def from_config(cls, config, custom_objects=None):
        if "lr" in config:
            config["learning_rate"] = config.pop("lr")
        if isinstance(config.get("learning_rate"), dict):
            config["learning_rate"] = schedules.deserialize(config["learning_rate"], custom_objects)
        return cls(**config)
