# SPDX-License-Identifier: Apache-2.0
"""The legacy optimizers: a class is its row, the numbers of the engine's rule with their defaults."""

import inspect

import _tapescope

from tensorflow._values._slices import IndexedSlices
from tensorflow.keras import _kept
from tensorflow.keras.optimizers import schedules
from tensorflow.keras.optimizers._older.classes import check_momentum, check_signs
from tensorflow.keras.optimizers._older.legacy_base import Optimizer
from tensorflow.keras.optimizers._variables import kind_of

_EPSILON = 1e-7


def _received(momentum):
    return f" Received: momentum={momentum} (of type {type(momentum)})."


def _class(name, module, rate, hypers, groups, order=None, kept=None, **others):
    """`hypers` become variables, `others` stay numbers; `kept`: attributes that others are kept in."""
    numbers = {**hypers, **others}
    order = order or [*numbers, "name"]
    kept = kept or {}

    def __init__(self, *given, **named):
        bound = signature.bind(self, *given, **named)
        bound.apply_defaults()
        bound = dict(bound.arguments)
        options = bound.pop("kwargs")
        if name == "Adagrad" and bound["initial_accumulator_value"] < 0.0:
            raise ValueError("initial_accumulator_value must be non-negative: %s" % bound["initial_accumulator_value"])
        self._take_options(bound, options)
        own = {key: bound[key] for key in numbers}
        if name == "Ftrl":
            check_signs(own)
        if "momentum" in hypers:
            check_momentum(own, _received(own["momentum"]))
        rate_given = bound["learning_rate"] if name == "Ftrl" else options.get("lr", bound["learning_rate"])
        self._set_hyper("learning_rate", rate_given)
        self._set_hyper("decay", self._initial_decay)
        for key in hypers:
            self._set_hyper(key, own[key])
        for key in others:
            value = own[key] or _EPSILON if key == "epsilon" else own[key]
            object.__setattr__(self, kept.get(key, key), value)
            own[key] = value
        if "momentum" in hypers:
            object.__setattr__(self, "_momentum", callable(own["momentum"]) or own["momentum"] > 0)
        self._connect(own)

    kind = inspect.Parameter
    defaults = {**numbers, "name": name}
    parameters = [kind("self", kind.POSITIONAL_OR_KEYWORD), kind("learning_rate", kind.POSITIONAL_OR_KEYWORD, default=rate)]
    parameters += [kind(key, kind.POSITIONAL_OR_KEYWORD, default=defaults[key]) for key in order]
    signature = inspect.Signature([*parameters, kind("kwargs", kind.VAR_KEYWORD)])
    __init__.__signature__ = signature

    def get_config(self):
        config = Optimizer.get_config(self)
        config["learning_rate"] = self._serialize_hyperparameter("learning_rate")
        config["decay"] = self._initial_decay
        for key in configured:
            config[key] = self._serialize_hyperparameter(key) if key in hypers else getattr(self, kept.get(key, key))
        return config

    configured = [key for key in numbers if key != "initial_accumulator_value"]
    if "initial_accumulator_value" in numbers:
        configured.insert(0, "initial_accumulator_value")
    if name == "Ftrl":
        configured = [key for key in configured if not key.startswith("l2_shrinkage")]
        configured.append("l2_shrinkage_regularization_strength")
    return type(
        name, (_Ruled,),
        {
            "__init__": __init__, "get_config": get_config, "_numbers": tuple(numbers), "_groups": groups, "_rule": name,
            "_HAS_AGGREGATE_GRAD": name != "Ftrl", "__module__": f"tf_keras.src.optimizers.legacy.{module}",
        },
    )


class _Ruled(Optimizer):
    """One whose arithmetic is the engine's."""

    def _take_options(self, bound, options):
        Optimizer.__init__(self, bound["name"], **options)

    def _settings(self):
        return {}

    @property
    def _by_script(self):
        return type(self)._resource_apply_dense is not _Ruled._resource_apply_dense

    def _resource_apply_dense(self, grad, handle, apply_state=None):
        self._by_rule(grad, handle)

    def _resource_apply_sparse(self, grad, handle, indices, apply_state=None):
        self._by_rule(IndexedSlices(grad, indices, _tapescope.run("Shape", handle, out_type="int64")), handle)

    def _by_rule(self, gradient, variable):
        """One pair by itself, as a class that extends this one asks for it."""
        number = _tapescope.begin_apply(self._number, [gradient], [variable], [1, 1], [], [], -1)
        self._update(number, [(0, (gradient, variable))], [(gradient, variable)])
        _tapescope.end_apply(number, int(self.iterations), False)

    def _connect(self, numbers):
        rate = self._hyper["learning_rate"]
        plain = {name: 0.0 if callable(value) else float(value) for name, value in numbers.items()}
        object.__setattr__(
            self, "_number",
            _tapescope.create_optimizer(
                self._rule, self._name,
                {"keras": 1.0, "learning_rate": 0.0 if callable(rate) else float(rate), **plain, **self._settings()},
            ),
        )


_BETAS = {"beta_1": 0.9, "beta_2": 0.999}
_MOMENTS = (("momentum",), ("velocity",))
SGD = _class("SGD", "gradient_descent", 0.01, {"momentum": 0.0}, (("momentum",),), nesterov=False)
RMSprop = _class(
    "RMSprop", "rmsprop", 0.001, {"rho": 0.9, "momentum": 0.0}, (("velocity",), ("momentum",), ("average_gradient",)),
    epsilon=1e-7, centered=False,
)
Adagrad = _class(
    "Adagrad", "adagrad", 0.001, {}, (("accumulator",),), initial_accumulator_value=0.1, epsilon=1e-7,
    kept={"initial_accumulator_value": "_initial_accumulator_value"},
)
Adadelta = _class(
    "Adadelta", "adadelta", 0.001, {"rho": 0.95}, (("accumulated_grad",), ("accumulated_delta_var",)), epsilon=1e-7
)
Adam = _class("Adam", "adam", 0.001, _BETAS, (*_MOMENTS, ("velocity_hat",)), epsilon=1e-7, amsgrad=False)
Adamax = _class("Adamax", "adamax", 0.001, _BETAS, (("momentum",), ("norm",)), epsilon=1e-7)
Ftrl = _class(
    "Ftrl", "ftrl", 0.001,
    {
        "learning_rate_power": -0.5, "l1_regularization_strength": 0.0, "l2_regularization_strength": 0.0, "beta": 0.0,
    },
    (("accumulator", "linear"),), initial_accumulator_value=0.1, l2_shrinkage_regularization_strength=0.0,
    order=[
        "learning_rate_power", "initial_accumulator_value", "l1_regularization_strength", "l2_regularization_strength",
        "name", "l2_shrinkage_regularization_strength", "beta",
    ],
    kept={
        "initial_accumulator_value": "_initial_accumulator_value",
        "l2_shrinkage_regularization_strength": "_l2_shrinkage_regularization_strength",
    },
)


def _scattered(self, grad, handle, indices, **kwargs):
    """Without momentum, rows that are named twice are taken twice."""
    if self._momentum:
        Optimizer._resource_apply_sparse_duplicate_indices(self, grad, handle, indices, **kwargs)
    else:
        _Ruled._resource_apply_sparse(self, grad, handle, indices)


SGD._resource_apply_sparse_duplicate_indices = _scattered


def _set_weights_of_adam(self, weights):
    """Older weights end with a third list, of which nothing remains."""
    kept = len(self.weights)
    if len(weights) == 3 * int((kept - 1) / 2) + 1:
        weights = weights[:kept]
    Optimizer.set_weights(self, weights)


Adam.set_weights = Adamax.set_weights = _set_weights_of_adam


class Nadam(_class("Nadam", "nadam", 0.001, _BETAS, _MOMENTS, epsilon=1e-7)):
    """Its decay is of the momentum and not of the learning rate."""

    _decays = False

    def _take_options(self, bound, options):
        options["decay"] = options.pop("schedule_decay", 0.004)
        if isinstance(options.get("lr", bound["learning_rate"]), schedules.LearningRateSchedule):
            raise ValueError(
                "The Nadam optimizer does not support tf.keras.optimizers.LearningRateSchedules as the learning rate."
            )
        super()._take_options(bound, options)
        object.__setattr__(self, "_m_cache", None)

    def _settings(self):
        return {"schedule_decay": float(self._initial_decay)}

    def _create_slots(self, var_list):
        if self._m_cache is None:
            self._m_cache = self.add_weight("momentum_cache", shape=[], dtype=var_list[0].dtype, initializer="ones")
            self._weights.append(_kept.restored(self, self._m_cache))
        super()._create_slots(var_list)

    def _before_pairs(self):
        import numpy

        one = numpy.dtype(kind_of(self._m_cache.dtype.name)).type
        decay = numpy.power(one(numpy.float32(0.96)), one(self._initial_decay) * one(int(self.iterations) + 1))
        share = self._number_of("beta_1", one) * (one(1.0) - one(0.5) * decay)
        self._m_cache._take(numpy.asarray(self._m_cache._array() * share))
        _tapescope.set_setting(self._number, "u_product", float(self._m_cache))


Nadam.__module__ = "tf_keras.src.optimizers.legacy.nadam"
ALL = (Adadelta, Adagrad, Adam, Adamax, Ftrl, Nadam, RMSprop, SGD)
