# SPDX-License-Identifier: Apache-2.0
"""Keras 2.11 to 2.15's optimizers: a class is its row, the numbers of the engine's rule with their defaults."""

import inspect
import weakref

import _tapescope

from tensorflow._chance import _seeds
from tensorflow.keras import _kept
from tensorflow.keras.optimizers._older.base import SHARED, Optimizer
from tensorflow.keras.optimizers._older.variables import OptimizerVariable
from tensorflow.keras.optimizers._variables import kind_of

_DEFAULTS = {
    "weight_decay": None, "clipnorm": None, "clipvalue": None, "global_clipnorm": None, "use_ema": False,
    "ema_momentum": 0.99, "ema_overwrite_frequency": None, "jit_compile": True,
}
_SIGNS = {
    "initial_accumulator_value": "positive", "learning_rate_power": "negative", "l1_regularization_strength": "positive",
    "l2_regularization_strength": "positive", "l2_shrinkage_regularization_strength": "positive",
}


def check_momentum(given, received=""):
    momentum = given["momentum"]
    if isinstance(momentum, (int, float)) and (momentum < 0 or momentum > 1):
        raise ValueError(f"`momentum` must be between [0, 1].{received}")


def check_signs(given):
    for name, sign in _SIGNS.items():
        if given[name] > 0 if sign == "negative" else given[name] < 0:
            raise ValueError(f"`{name}` needs to be {sign} or zero. Received: {name}={given[name]}.")


def _check_beta(given):
    beta = given["beta_1"]
    if beta <= 0 or beta > 1:
        raise ValueError(f"`beta_1`={beta} must be between ]0, 1]. Otherwise, the optimizer degenerates to SignSGD.")


_CHECKS = {"SGD": check_momentum, "Ftrl": check_signs, "Lion": _check_beta}


def _class(name, rate, defaults=None, apart=(), **numbers):
    defaults = {**_DEFAULTS, "name": name, **(defaults or {})}

    def __init__(self, *given, **named):
        bound = signature.bind(self, *given, **named)
        bound.apply_defaults()
        bound = bound.arguments
        options = {key: bound[key] for key in SHARED}
        own = {key: bound[key] for key in numbers}
        Optimizer.__init__(self, **options, **bound["kwargs"])
        self._learning_rate = self._build_learning_rate(bound["learning_rate"])
        if name in _CHECKS:
            _CHECKS[name](own)
        if name == "AdamW" and self.weight_decay is None:
            raise ValueError("Missing value of `weight_decay` which is required and must be a float value.")
        self._with_numbers(own)

    kind = inspect.Parameter
    order = [*numbers, *SHARED]
    if name == "AdamW":
        order = ["weight_decay", *numbers, *(key for key in SHARED if key != "weight_decay")]
    parameters = [kind("self", kind.POSITIONAL_OR_KEYWORD), kind("learning_rate", kind.POSITIONAL_OR_KEYWORD, default=rate)]
    parameters += [kind(key, kind.POSITIONAL_OR_KEYWORD, default={**defaults, **numbers}[key]) for key in order]
    signature = inspect.Signature([*parameters, kind("kwargs", kind.VAR_KEYWORD)])
    __init__.__signature__ = signature
    return type(
        name, (Optimizer,),
        {
            "__init__": __init__, "_numbers": tuple(numbers), "_apart": apart, "_rule": name,
            "__module__": f"tf_keras.src.optimizers.{name.lower()}",
        },
    )


_BETAS = {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}
SGD = _class("SGD", 0.01, momentum=0.0, nesterov=False)
RMSprop = _class(
    "RMSprop", 0.001, {"ema_overwrite_frequency": 100}, ("momentum", "average_gradient"), rho=0.9, momentum=0.0,
    epsilon=1e-7, centered=False,
)
Adagrad = _class("Adagrad", 0.001, initial_accumulator_value=0.1, epsilon=1e-7)
Adadelta = _class("Adadelta", 0.001, rho=0.95, epsilon=1e-7)
Adam = _class("Adam", 0.001, None, ("velocity_hat",), **_BETAS, adaptive_epsilon=False, amsgrad=False)
AdamW = _class("AdamW", 0.001, {"weight_decay": 0.004}, ("velocity_hat",), **_BETAS, amsgrad=False)
Adamax = _class("Adamax", 0.001, **_BETAS)
Ftrl = _class(
    "Ftrl", 0.001, learning_rate_power=-0.5, initial_accumulator_value=0.1, l1_regularization_strength=0.0,
    l2_regularization_strength=0.0, l2_shrinkage_regularization_strength=0.0, beta=0.0,
)
Lion = _class("Lion", 0.0001, beta_1=0.9, beta_2=0.99)
Adafactor = _class(
    "Adafactor", 0.001, beta_2_decay=-0.8, epsilon_1=1e-30, epsilon_2=1e-3, clip_threshold=1.0, relative_step=True
)


class Nadam(_class("Nadam", 0.001, **_BETAS)):
    """Keeps the product of what the momentum kept in each step so far, for all variables together. A counter that is a number of
    Python's says whether a step's factor is in it already: a traced function sees it as it was when it was traced."""

    def _add_slots(self, variables):
        super()._add_slots(variables)
        self._u_product = _kept.restored(self, OptimizerVariable(1.0, variables[0].dtype.name, "Variable"))
        self._u_product_counter, self._traced = 1, weakref.WeakKeyDictionary()
        self._traced_twice = _seeds._State.trace is not None  # as a function is that makes variables

    def _before_pairs(self, grads):
        trace = _seeds._State.trace
        self._pair, self._counters = 0, None if trace is None else self._traced.setdefault(trace, [])
        if trace is not None and self._traced_twice:
            self._traced_twice = False
            self._u_product_counter += len([gradient for gradient in grads if gradient is not None])

    def _before_pair(self, steps):
        if not self._is_known(steps + 2):
            import numpy

            one = numpy.dtype(kind_of(self._u_product.dtype.name)).type
            beta, decay = one(numpy.float32(self.beta_1)), one(numpy.float32(0.96))
            share = beta * (one(1.0) - one(0.5) * numpy.power(decay, one(steps + 1)))
            self._u_product._take(numpy.asarray(self._u_product._array() * share))
        _tapescope.set_setting(self._number, "u_product", float(self._u_product))

    def _is_known(self, wanted):
        if self._counters is None:
            known = self._u_product_counter == wanted
            self._u_product_counter += 0 if known else 1
            return known
        if self._pair == len(self._counters):
            self._counters.append(self._u_product_counter)
            self._u_product_counter += 1
        self._pair += 1
        return self._counters[self._pair - 1] == wanted


Nadam.__module__ = "tf_keras.src.optimizers.nadam"
ALL = (Adadelta, Adafactor, Adagrad, Adam, AdamW, Adamax, Ftrl, Lion, Nadam, RMSprop, SGD)
