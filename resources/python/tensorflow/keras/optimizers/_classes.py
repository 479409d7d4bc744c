# SPDX-License-Identifier: Apache-2.0
"""A class of Keras 3's optimizers, made of its row."""

import inspect

from tensorflow.keras.optimizers._base import Optimizer
from tensorflow.keras.optimizers._options import SHARED

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


def optimizer_class(name, rate, base=Optimizer, defaults=None, apart=(), **numbers):
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
