# SPDX-License-Identifier: Apache-2.0
"""Keras 3's metrics as training loops of one's own use them: keras/src/metrics. Their state is in variables that no tape
watches."""

import inspect

import _tapescope

from tensorflow.keras import _loss_functions as _functions
from tensorflow.keras import _ops
from tensorflow.keras.metrics._stateless import Stateless
from tensorflow.keras.optimizers._variables import auto_name as _auto_name

_run = _tapescope.run


class Metric(Stateless):
    def __init__(self, dtype=None, name=None):
        self.name = name or _auto_name(type(self).__name__)
        self._dtype = _ops.named(getattr(dtype, "compute_dtype", dtype)) or _ops.floatx()
        self._variables, self._submetrics = [], []

    def __setattr__(self, name, value):
        """Variables and metrics that become attributes, also in lists and dictionaries, belong to the metric."""
        if "_submetrics" in self.__dict__ and isinstance(value, (Metric, _tapescope.KerasVariable, list, tuple, dict)):
            self._keep(value)
        super().__setattr__(name, value)

    def _keep(self, value):
        if isinstance(value, (list, tuple, dict)):
            for one in value.values() if isinstance(value, dict) else value:
                self._keep(one)
        elif isinstance(value, (Metric, _tapescope.KerasVariable)):
            kept = self._submetrics if isinstance(value, Metric) else self._variables
            if not any(one is value for one in kept):
                kept.append(value)

    def _check_super_called(self):
        if "_submetrics" not in self.__dict__:
            raise RuntimeError("You forgot to call `super().__init__()` in the `__init__()` method. Go add it!")

    @property
    def dtype(self):
        return self._dtype

    @property
    def variables(self):
        return [*self._variables, *(variable for one in self._submetrics for variable in one.variables)]

    def add_variable(self, shape, initializer="zeros", dtype=None, aggregation="sum", name=None):
        from tensorflow.keras import _scopes, initializers
        from tensorflow.keras._variable import Variable

        self._check_super_called()
        with _scopes.name_scope(self.name.replace("/", ">"), self):
            variable = Variable(
                initializers.get("zeros" if initializer is None else initializer), shape, dtype, False, aggregation=aggregation,
                synchronization="on_read", name=name,
            )  # fmt: skip
        self._variables.append(variable)
        return variable

    def add_weight(self, shape=(), initializer="zeros", dtype=None, name=None):
        return self.add_variable(shape, initializer, dtype, name=name)

    def reset_state(self):
        for variable in self.variables:
            variable.assign(_run("ZerosLike", variable.value))

    def update_state(self, *args, **kwargs):
        raise NotImplementedError

    def result(self):
        raise NotImplementedError

    def __call__(self, *args, **kwargs):
        self._check_super_called()
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
        self.total = self.add_variable((), dtype=self.dtype, name="total")

    def update_state(self, values, sample_weight=None):
        values, _ = _by_sample(values, sample_weight, "Sum", self.dtype)
        self.total.assign_add(_ops.total(values))

    def result(self):
        return _run("Identity", self.total)


class Mean(Metric):
    def __init__(self, name="mean", dtype=None):
        super().__init__(dtype, name)
        self.total = self.add_variable((), dtype=self.dtype, name="total")
        self.count = self.add_variable((), dtype=self.dtype, name="count")

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


def _is_loss(fn):
    """One of Keras's own functions or losses, of which less is better."""
    return fn in vars(_functions).values() if inspect.isfunction(fn) else type(fn).__module__ == "keras.src.losses.losses"


class MeanMetricWrapper(Mean):
    def __init__(self, fn, name=None, dtype=None, **kwargs):
        super().__init__(name or _auto_name(type(self).__name__), dtype)
        self._fn = fn
        self._fn_kwargs = kwargs
        if _is_loss(fn):
            self._direction = "down"

    def update_state(self, y_true, y_pred, sample_weight=None):
        super().update_state(self._fn(y_true, y_pred, **self._fn_kwargs), sample_weight)

    def get_config(self):
        from tensorflow.keras.saving import serialize_keras_object

        own = {"fn": self._fn, **self._fn_kwargs} if type(self) is MeanMetricWrapper else self._fn_kwargs
        return {**super().get_config(), **serialize_keras_object(own)}

    @classmethod
    def from_config(cls, config):
        if "fn" in config:
            from tensorflow.keras.saving import deserialize_keras_object

            config = deserialize_keras_object(config)
        return cls(**config)


class RootMeanSquaredError(Mean):
    _direction = "down"

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
    scores = _ops.floating(y_pred)
    above = _run("Greater", scores, _tapescope.tensor(threshold, scores.dtype))
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


def _in_rows(y_true, y_pred, matching):
    """`matching` of classes and scores as a vector and rows; the classes' shape comes back."""
    shape = list(y_true.shape)
    if len(y_pred.shape) > 2:
        y_pred = _run("Reshape", y_pred, shape=[-1, y_pred.shape[-1]])
    if len(shape) > 1:
        y_true = _run("Reshape", y_true, shape=[-1])
    matches = _run("Cast", matching(y_true, y_pred), dtype="float32")
    return _run("Reshape", matches, shape=shape) if len(shape) > 1 else matches


def _in_top(k):
    from tensorflow.math import in_top_k

    return lambda y_true, y_pred: in_top_k(y_true, y_pred, k)


def top_k_categorical_accuracy(y_true, y_pred, k=5):
    y_pred = _ops.tensor(y_pred)
    y_true = _run("Cast", _largest(_ops.tensor(y_true, y_pred.dtype)), dtype="int32")
    return _in_rows(y_true, y_pred, _in_top(k))


def sparse_top_k_categorical_accuracy(y_true, y_pred, k=5, from_sorted_ids=False):
    y_pred = _ops.tensor(y_pred)
    if not from_sorted_ids:
        return _in_rows(_ops.tensor(y_true, "int32"), y_pred, _in_top(k))

    def among_first(y_true, ids):
        return _run("Any", _run("Equal", _run("ExpandDims", y_true, axis=1), ids[:, :k]), axis=1)

    return _in_rows(_ops.tensor(y_true, y_pred.dtype), y_pred, among_first)


def mean_class(kind, function, name, **options):
    """The metric of a function's mean; `options` are its own arguments with their values where none is given."""
    order = {"k": None} if "k" in options else {}  # before the name
    order |= {"name": name, "dtype": None, **options}
    order.update(options)
    signature = inspect.Signature(
        inspect.Parameter(key, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=value) for key, value in order.items()
    )

    def __init__(self, *args, **kwargs):
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        own = {key: given.arguments[key] for key in options}
        MeanMetricWrapper.__init__(self, function, given.arguments["name"], given.arguments["dtype"], **own)
        self.__dict__.update(own)

    def get_config(self):
        told = {key: getattr(self, key) for key in options}
        if not told.get("from_sorted_ids", True):
            del told["from_sorted_ids"]
        return {**Mean.get_config(self), **told}

    return type(kind, (MeanMetricWrapper,), {"__init__": __init__, "get_config": get_config, "__module__": __name__})


_SMOOTH = {"from_logits": False, "label_smoothing": 0}
Accuracy = mean_class("Accuracy", _accuracy, "accuracy")
BinaryAccuracy = mean_class("BinaryAccuracy", binary_accuracy, "binary_accuracy", threshold=0.5)
CategoricalAccuracy = mean_class("CategoricalAccuracy", categorical_accuracy, "categorical_accuracy")
SparseCategoricalAccuracy = mean_class(
    "SparseCategoricalAccuracy", sparse_categorical_accuracy, "sparse_categorical_accuracy"
)
TopKCategoricalAccuracy = mean_class(
    "TopKCategoricalAccuracy", top_k_categorical_accuracy, "top_k_categorical_accuracy", k=5
)
SparseTopKCategoricalAccuracy = mean_class(
    "SparseTopKCategoricalAccuracy", sparse_top_k_categorical_accuracy, "sparse_top_k_categorical_accuracy",
    k=5, from_sorted_ids=False,
)  # fmt: skip
for _cls in (Accuracy, BinaryAccuracy, CategoricalAccuracy, SparseCategoricalAccuracy, TopKCategoricalAccuracy,
             SparseTopKCategoricalAccuracy):
    _cls._direction = "up"
MeanSquaredError = mean_class("MeanSquaredError", _functions.mean_squared_error, "mean_squared_error")
MeanAbsoluteError = mean_class("MeanAbsoluteError", _functions.mean_absolute_error, "mean_absolute_error")
MeanAbsolutePercentageError = mean_class(
    "MeanAbsolutePercentageError", _functions.mean_absolute_percentage_error, "mean_absolute_percentage_error"
)
MeanSquaredLogarithmicError = mean_class(
    "MeanSquaredLogarithmicError", _functions.mean_squared_logarithmic_error, "mean_squared_logarithmic_error"
)
Hinge = mean_class("Hinge", _functions.hinge, "hinge")
SquaredHinge = mean_class("SquaredHinge", _functions.squared_hinge, "squared_hinge")
CategoricalHinge = mean_class("CategoricalHinge", _functions.categorical_hinge, "categorical_hinge")
KLDivergence = mean_class("KLDivergence", _functions.kl_divergence, "kl_divergence")
Poisson = mean_class("Poisson", _functions.poisson, "poisson")
LogCoshError = mean_class("LogCoshError", _functions.log_cosh, "logcosh")
BinaryCrossentropy = mean_class(
    "BinaryCrossentropy", _functions.binary_crossentropy, "binary_crossentropy", **_SMOOTH
)
CategoricalCrossentropy = mean_class(
    "CategoricalCrossentropy", _functions.categorical_crossentropy, "categorical_crossentropy", **_SMOOTH, axis=-1
)
SparseCategoricalCrossentropy = mean_class(
    "SparseCategoricalCrossentropy",
    _functions.sparse_categorical_crossentropy,
    "sparse_categorical_crossentropy",
    from_logits=False,
    ignore_class=None,
    axis=-1,
)



def _masked_update(self, y_true, y_pred, sample_weight=None):
    """Samples of the ignored class weigh nothing where there are weights."""
    y_pred = _ops.tensor(y_pred)
    values, mask = _functions.sparse_with_mask(_ops.tensor(y_true), y_pred, **self._fn_kwargs)
    if mask is not None and sample_weight is not None:
        mask, weights = _functions.same_rank(_ops.cast(mask, self.dtype), _ops.tensor(sample_weight, self.dtype))
        sample_weight = weights * mask
    Mean.update_state(self, values, sample_weight)


SparseCategoricalCrossentropy.update_state = _masked_update
NAMES = [name for name, one in list(globals().items()) if isinstance(one, type) and issubclass(one, Metric)]
NAMES += """binary_accuracy categorical_accuracy sparse_categorical_accuracy sparse_top_k_categorical_accuracy
top_k_categorical_accuracy""".split()
