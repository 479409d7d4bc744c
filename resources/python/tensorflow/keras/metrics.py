# SPDX-License-Identifier: Apache-2.0
"""Keras 3's metrics as training loops of one's own use them: keras/src/metrics. Their state is in variables that no tape
watches."""

import inspect

import _tapescope

from tensorflow.keras import _loss_functions as _functions
from tensorflow.keras import _ops
from tensorflow.keras.optimizers._variables import auto_name as _auto_name

_run = _tapescope.run


class Metric:
    def __init__(self, dtype=None, name=None):
        self.name = name or _auto_name(type(self).__name__)
        self._dtype = _ops.named(dtype) or "float32"
        self._variables = []

    @property
    def dtype(self):
        return self._dtype

    @property
    def variables(self):
        return list(self._variables)

    def add_variable(self, shape, initializer="zeros", dtype=None, aggregation="sum", name=None):
        from tensorflow import Variable

        start = 1.0 if initializer == "ones" else 0.0
        value = _run("Fill", _tapescope.tensor(start, _ops.named(dtype) or self.dtype), shape=list(shape))
        variable = Variable(value, trainable=False, name=name or "variable")
        self._variables.append(variable)
        return variable

    def add_weight(self, shape=(), initializer="zeros", dtype=None, name=None):
        return self.add_variable(shape, initializer, dtype, name=name)

    def reset_state(self):
        for variable in self._variables:
            variable.assign(_run("ZerosLike", variable))

    def update_state(self, *args, **kwargs):
        raise NotImplementedError

    def result(self):
        raise NotImplementedError

    def __call__(self, *args, **kwargs):
        self.update_state(*args, **kwargs)
        return self.result()

    def get_config(self):
        return {"name": self.name, "dtype": self.dtype}

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def __repr__(self):
        return f"<{type(self).__name__} name={self.name}>"


def _over(op, values, first):
    """The sum or the mean over the axes from `first` on."""
    rank = len(values.shape)
    return _run(op, values, axis=list(range(first, rank))) if rank > first else values


def _by_sample(values, weights, op, dtype):
    """keras/src/metrics/reduction_metrics.py reduce_to_samplewise_values."""
    values = _ops.cast(values, dtype)
    if weights is not None:
        values, weights = _functions.same_rank(values, _ops.tensor(weights, dtype))
        rank = len(weights.shape)
        values = _over(op, values, rank)
        weights = _run("BroadcastTo", weights, shape=values.shape)
        values = values * weights
        if rank > 1:
            weights = _over(op, weights, 1)
    return _over(op, values, 1), weights


class Sum(Metric):
    def __init__(self, name="sum", dtype=None):
        super().__init__(dtype, name)
        self.total = self.add_variable((), name="total")

    def update_state(self, values, sample_weight=None):
        values, _ = _by_sample(values, sample_weight, "Sum", self.dtype)
        self.total.assign_add(_ops.total(values))

    def result(self):
        return _run("Identity", self.total)


class Mean(Metric):
    def __init__(self, name="mean", dtype=None):
        super().__init__(dtype, name)
        self.total = self.add_variable((), name="total")
        self.count = self.add_variable((), name="count")

    def update_state(self, values, sample_weight=None):
        values, weights = _by_sample(values, sample_weight, "Mean", self.dtype)
        self.total.assign_add(_ops.total(values))
        if weights is not None:
            samples = _ops.total(weights)
        else:
            samples = _tapescope.tensor(values.shape[0] if len(values.shape) else 1, self.dtype)
        self.count.assign_add(samples)

    def result(self):
        return _run("DivNoNan", self.total, self.count)


class MeanMetricWrapper(Mean):
    def __init__(self, fn, name=None, dtype=None, **kwargs):
        super().__init__(name or _auto_name(type(self).__name__), dtype)
        self._fn = fn
        self._fn_kwargs = kwargs

    def update_state(self, y_true, y_pred, sample_weight=None):
        super().update_state(self._fn(y_true, y_pred, **self._fn_kwargs), sample_weight)


class RootMeanSquaredError(Mean):
    def __init__(self, name="root_mean_squared_error", dtype=None):
        super().__init__(name, dtype)

    def update_state(self, y_true, y_pred, sample_weight=None):
        pair = _functions.same_rank(_ops.tensor(y_true, self.dtype), _ops.tensor(y_pred, self.dtype))
        super().update_state(_run("Square", pair[1] - pair[0]), sample_weight)

    def result(self):
        return _run("Sqrt", super().result())


def _matches(y_true, y_pred):
    return _run("Cast", _run("Equal", y_true, y_pred), dtype="float32")


def _accuracy(y_true, y_pred):
    y_pred = _ops.tensor(y_pred)
    return _matches(*_functions.same_rank(_ops.tensor(y_true, y_pred.dtype), y_pred))


def binary_accuracy(y_true, y_pred, threshold=0.5):
    y_true, y_pred = _functions.same_rank(_ops.tensor(y_true), _ops.tensor(y_pred))
    above = _run("Greater", y_pred, _tapescope.tensor(threshold, y_pred.dtype))
    return _matches(y_true, _run("Cast", above, dtype=y_true.dtype))


def _largest(values):
    return _run("ArgMax", values, axis=-1)


def categorical_accuracy(y_true, y_pred):
    return _matches(_largest(_ops.tensor(y_true)), _largest(_ops.tensor(y_pred)))


def sparse_categorical_accuracy(y_true, y_pred):
    y_pred = _ops.tensor(y_pred)
    y_true = _ops.tensor(y_true, y_pred.dtype)
    shape = list(y_true.shape)
    column = len(shape) == len(y_pred.shape) and shape[-1] == 1
    if column:
        y_true = _run("Squeeze", y_true, axis=[-1])
    matches = _matches(y_true, _run("Cast", _largest(y_pred), dtype=y_true.dtype))
    if not column and len(matches.shape) > 1 and matches.shape[-1] == 1:
        matches = _run("Squeeze", matches, axis=[-1])
    return matches


def _class(kind, function, name, **options):
    """The metric of a function's mean; `options` are its own arguments with their values where none is given."""
    signature = inspect.Signature(
        inspect.Parameter(key, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=value)
        for key, value in {"name": name, "dtype": None, **options}.items()
    )

    def __init__(self, *args, **kwargs):
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        own = {key: given.arguments[key] for key in options}
        MeanMetricWrapper.__init__(self, function, given.arguments["name"], given.arguments["dtype"], **own)
        self.__dict__.update(own)

    def get_config(self):
        return {**Mean.get_config(self), **{key: getattr(self, key) for key in options}}

    return type(kind, (MeanMetricWrapper,), {"__init__": __init__, "get_config": get_config, "__module__": __name__})


_SMOOTH = {"from_logits": False, "label_smoothing": 0}
Accuracy = _class("Accuracy", _accuracy, "accuracy")
BinaryAccuracy = _class("BinaryAccuracy", binary_accuracy, "binary_accuracy", threshold=0.5)
CategoricalAccuracy = _class("CategoricalAccuracy", categorical_accuracy, "categorical_accuracy")
SparseCategoricalAccuracy = _class(
    "SparseCategoricalAccuracy", sparse_categorical_accuracy, "sparse_categorical_accuracy"
)
MeanSquaredError = _class("MeanSquaredError", _functions.mean_squared_error, "mean_squared_error")
MeanAbsoluteError = _class("MeanAbsoluteError", _functions.mean_absolute_error, "mean_absolute_error")
MeanAbsolutePercentageError = _class(
    "MeanAbsolutePercentageError", _functions.mean_absolute_percentage_error, "mean_absolute_percentage_error"
)
MeanSquaredLogarithmicError = _class(
    "MeanSquaredLogarithmicError", _functions.mean_squared_logarithmic_error, "mean_squared_logarithmic_error"
)
Hinge = _class("Hinge", _functions.hinge, "hinge")
SquaredHinge = _class("SquaredHinge", _functions.squared_hinge, "squared_hinge")
CategoricalHinge = _class("CategoricalHinge", _functions.categorical_hinge, "categorical_hinge")
KLDivergence = _class("KLDivergence", _functions.kl_divergence, "kl_divergence")
Poisson = _class("Poisson", _functions.poisson, "poisson")
LogCoshError = _class("LogCoshError", _functions.log_cosh, "logcosh")
BinaryCrossentropy = _class(
    "BinaryCrossentropy", _functions.binary_crossentropy, "binary_crossentropy", **_SMOOTH
)
CategoricalCrossentropy = _class(
    "CategoricalCrossentropy", _functions.categorical_crossentropy, "categorical_crossentropy", **_SMOOTH, axis=-1
)
SparseCategoricalCrossentropy = _class(
    "SparseCategoricalCrossentropy",
    _functions.sparse_categorical_crossentropy,
    "sparse_categorical_crossentropy",
    from_logits=False,
    ignore_class=None,
    axis=-1,
)
