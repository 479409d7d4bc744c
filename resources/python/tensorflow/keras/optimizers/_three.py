# SPDX-License-Identifier: Apache-2.0
"""Keras 3's optimizers. A class is its row: the numbers of the engine's rule with their defaults, and the learning rate."""

import inspect

import _tapescope

from tensorflow.keras.optimizers._base import Optimizer
from tensorflow.keras.optimizers._options import SHARED
from tensorflow.keras.optimizers._saving import packed
from tensorflow.keras.optimizers._scaling import LossScaleOptimizer
from tensorflow.keras.optimizers._variables import Slot, Variable
from tensorflow.keras.optimizers._variables import auto_name as _auto_name

_CHECKS = {}


def _checked(name):
    def decorate(check):
        _CHECKS[name] = check
        return check

    return decorate


@_checked("SGD")
def _check_sgd(given):
    momentum = given["momentum"]
    if not isinstance(momentum, float) or momentum < 0 or momentum > 1:
        raise ValueError("`momentum` must be a float between [0, 1].")


@_checked("Ftrl")
def _check_ftrl(given):
    for name, sign in (
        ("initial_accumulator_value", "positive"), ("learning_rate_power", "negative"),
        ("l1_regularization_strength", "positive"), ("l2_regularization_strength", "positive"),
        ("l2_shrinkage_regularization_strength", "positive"),
    ):
        if given[name] > 0 if sign == "negative" else given[name] < 0:
            raise ValueError(f"`{name}` needs to be {sign} or zero. Received: {name}={given[name]}.")


@_checked("Lion")
def _check_lion(given):
    if given["beta_1"] <= 0 or given["beta_1"] > 1:
        raise ValueError(
            "Argument `beta_1` must be in the [0, 1] range. Otherwise, the optimizer degenerates to SignSGD. Received: "
            f"beta_1={given['beta_1']}."
        )


def _class(name, rate, base=Optimizer, defaults=None, apart=(), **numbers):
    """A class of Keras's name, whose arguments are the learning rate, these numbers and the options of all."""
    defaults = defaults or {}

    def __init__(self, learning_rate=rate, *given, **named):
        bound = signature.bind(self, learning_rate, *given, **named).arguments
        options = {key: bound.pop(key) for key in SHARED if key in bound}
        options = {**defaults, **options, **bound.pop("kwargs", {})}
        own = {key: bound.get(key, numbers[key]) for key in numbers}
        Optimizer.__init__(self, learning_rate, **options)
        if name in _CHECKS:
            _CHECKS[name](own)
        if name == "AdamW" and self.weight_decay is None:
            raise ValueError("Argument `weight_decay` must be a float. Received: weight_decay=None")
        self._with_numbers(**own)

    kind = inspect.Parameter
    order = [*numbers, *SHARED]
    if name == "AdamW":  # the only one that has an option of all among its first arguments
        order = ["weight_decay", *numbers, *(key for key in SHARED if key != "weight_decay")]
    parameters = [kind("self", kind.POSITIONAL_OR_KEYWORD), kind("learning_rate", kind.POSITIONAL_OR_KEYWORD, default=rate)]
    parameters += [
        kind(key, kind.POSITIONAL_OR_KEYWORD, default=numbers.get(key, defaults.get(key))) for key in order
    ]
    signature = inspect.Signature([*parameters, kind("kwargs", kind.VAR_KEYWORD)])
    __init__.__signature__ = signature
    return type(
        name, (base,),
        {"__init__": __init__, "_numbers": tuple(numbers), "_apart": apart, "__module__": f"keras.src.optimizers.{name.lower()}"},
    )


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

    def _before_pairs(self, steps):
        import numpy

        one = numpy.dtype(self._u_product.dtype).type
        share = one(1.0) - one(0.5) * numpy.power(one(0.96), one(steps + 1))
        self._u_product._take(numpy.asarray(self._u_product._array() * one(self.beta_1) * share))
        _tapescope.set_setting(self._number, "u_product", float(self._u_product))


Adafactor.__module__ = "keras.src.optimizers.adafactor"
Nadam.__module__ = "keras.src.optimizers.nadam"


class Muon(
    _class(
        "Muon", 0.001, Optimizer, {"weight_decay": 0.004}, adam_beta_1=0.9, adam_beta_2=0.999, epsilon=1e-7, muon_a=3.4445,
        muon_b=-4.775, muon_c=2.0315, adam_lr_ratio=1, momentum=0.95, ns_steps=5, nesterov=True, rms_rate=0.2,
    )
):
    """Matrices by orthogonal steps, everything else by AdamW."""

    def __init__(self, learning_rate=0.001, adam_beta_1=0.9, adam_beta_2=0.999, adam_weight_decay=0.004, **named):
        self.exclude_layers = named.pop("exclude_layers", None) or []
        self.exclude_embeddings = named.pop("exclude_embeddings", True)
        self.adam_weight_decay = adam_weight_decay
        super().__init__(learning_rate, adam_beta_1=adam_beta_1, adam_beta_2=adam_beta_2, **named)

    def _add_slots(self, variables):
        for variable in variables:
            if len(variable.shape) == 2 and (self.exclude_embeddings or self.exclude_layers):
                variable.path  # Keras asks for it, and a plain tf.Variable has none
        super()._add_slots(variables)

    def get_config(self):
        return {
            **super().get_config(), "exclude_layers": self.exclude_layers, "exclude_embeddings": self.exclude_embeddings,
            "adam_weight_decay": self.adam_weight_decay,
        }

    def _decay_of(self, variable):
        if len(variable.shape) == 2 or not self._use_weight_decay(variable):
            return super()._decay_of(variable)
        return float(self.adam_weight_decay or 0.0)


Muon.__module__ = "keras.src.optimizers.muon"

_BY_NAME = {
    one.__name__.lower(): one
    for one in (SGD, RMSprop, Adagrad, Adadelta, Adam, AdamW, Adamax, Nadam, Ftrl, Lion, Lamb, Adafactor, Muon, LossScaleOptimizer)
}


def serialize(optimizer):
    return packed(optimizer, "keras.optimizers")


def deserialize(config, custom_objects=None):
    kind = (custom_objects or {}).get(config["class_name"]) or _BY_NAME.get(config["class_name"].lower())
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
