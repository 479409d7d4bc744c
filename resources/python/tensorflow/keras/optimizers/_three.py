# SPDX-License-Identifier: Apache-2.0
"""Keras 3's optimizers. A class is its row: the numbers of the engine's rule with their defaults, and the learning rate."""

import _tapescope

from tensorflow.keras._saving import registered
from tensorflow.keras.optimizers._base import Optimizer
from tensorflow.keras.optimizers._classes import optimizer_class as _class
from tensorflow.keras.optimizers._multi import MultiOptimizer, OptimizerMap
from tensorflow.keras.optimizers._muon import Muon
from tensorflow.keras.optimizers._saving import packed
from tensorflow.keras.optimizers._scaling import LossScaleOptimizer
from tensorflow.keras.optimizers._variables import Slot, Variable, kind_of, number_of
from tensorflow.keras.optimizers._variables import auto_name as _auto_name

SGD = _class("SGD", 0.01, momentum=0.0, nesterov=False)
RMSprop = _class("RMSprop", 0.001, apart=("momentum", "average_gradient"), rho=0.9, momentum=0.0, epsilon=1e-7, centered=False)
Adagrad = _class("Adagrad", 0.001, initial_accumulator_value=0.1, epsilon=1e-7)
Adadelta = _class("Adadelta", 0.001, rho=0.95, epsilon=1e-7)
Adam = _class("Adam", 0.001, apart=("velocity_hat",), beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False)
AdamW = _class(
    "AdamW", 0.001, Adam, {"weight_decay": 0.004}, ("velocity_hat",), beta_1=0.9, beta_2=0.999, epsilon=1e-7, amsgrad=False
)
Adamax = _class("Adamax", 0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7)
Ftrl = _class(
    "Ftrl", 0.001, learning_rate_power=-0.5, initial_accumulator_value=0.1, l1_regularization_strength=0.0,
    l2_regularization_strength=0.0, l2_shrinkage_regularization_strength=0.0, beta=0.0,
)
Lion = _class("Lion", 0.001, beta_1=0.9, beta_2=0.99)
Lamb = _class("Lamb", 0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7)


class ScheduleFreeAdamW(
    _class("ScheduleFreeAdamW", 0.0025, beta_1=0.9, beta_2=0.999, epsilon=1e-8, warmup_steps=0)
):
    """Keeps what the steps are taken from as the momentum, which starts as the variable itself."""

    def _add_slots(self, variables):
        super()._add_slots(variables)
        for variable in variables:
            _tapescope.set_slot(self._number, variable, "momentum", _tapescope.array(variable))


class Adafactor(
    _class(
        "Adafactor", 0.001, beta_2_decay=-0.8, epsilon_1=1e-30, epsilon_2=1e-3, clip_threshold=1.0, relative_step=True
    )
):
    """Keeps means of rows and columns of a matrix under the matrix's own name, and a 0 each for what is none."""

    def _add_slots(self, variables):
        for variable in variables:
            if len(variable.shape) < 2:
                self._add(Variable(0, "int32", variable.name, self.name))
                self._add(Variable(0, "int32", variable.name, self.name))
            for slot in _tapescope.slot_names(self._number, variable):
                name = variable.name if slot in ("r", "c") else self._name_beside(variable, slot)
                self._add(Slot(self._number, variable, slot, name, self.name))


class Nadam(_class("Nadam", 0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7)):
    """Keeps the product of what the momentum kept in each step so far, for all variables together."""

    def _add_slots(self, variables):
        super()._add_slots(variables)
        dtype = variables[0].dtype.name if variables else "float32"
        self._u_product = self._add(Variable(1.0, dtype, _auto_name("variable"), self.name))
        _tapescope.set_setting(self._number, "u_product", 1.0)

    def _before_pairs(self, steps):
        import numpy

        dtype = self._u_product.dtype
        one, kind = number_of(dtype), numpy.dtype(kind_of(dtype)).type
        power = one(numpy.power(kind(one(0.96)), kind(one(steps + 1))))
        product = one(self._u_product._array()) * one(self.beta_1) * (one(1.0) - one(0.5) * power)
        product = numpy.asarray(product, kind)
        self._u_product._take(product if dtype != "bfloat16" else _tapescope.tensor(product, dtype))
        _tapescope.set_setting(self._number, "u_product", float(self._u_product))


Adafactor.__module__ = "keras.src.optimizers.adafactor"
ScheduleFreeAdamW.__module__ = "keras.src.optimizers.schedule_free_adamw"
Nadam.__module__ = "keras.src.optimizers.nadam"


_BY_NAME = {
    one.__name__.lower(): one
    for one in (SGD, RMSprop, Adagrad, Adadelta, Adam, AdamW, Adamax, Nadam, Ftrl, Lion, Lamb, Adafactor, Muon, LossScaleOptimizer,
                MultiOptimizer, ScheduleFreeAdamW)
}


def serialize(optimizer):
    return packed(optimizer, "keras.optimizers")


def deserialize(config, custom_objects=None):
    kind = (custom_objects or {}).get(config["class_name"]) or registered.get(config.get("registered_name"))
    kind = kind or _BY_NAME.get(config["class_name"].lower())
    if kind is None:
        raise ValueError(f"Unknown optimizer: '{config['class_name']}'")
    return kind.from_config(dict(config["config"]))


def get(identifier):
    if identifier is None:
        return None
    if isinstance(identifier, dict):
        return deserialize(identifier)
    if isinstance(identifier, str):
        return deserialize({"class_name": identifier, "config": {}})
    if isinstance(identifier, Optimizer):
        return identifier
    raise ValueError(f"Could not interpret optimizer identifier: {identifier}")
