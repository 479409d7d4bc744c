# SPDX-License-Identifier: Apache-2.0
"""The losses and metrics that compile() was given, put to the outputs of a model: keras/src/trainers/compile_utils.py."""

from tensorflow._values import _nest
from tensorflow.keras import _ops, losses, metrics
from tensorflow.keras._named import snake_case

_SHORT = {
    "mse": "MeanSquaredError", "mae": "MeanAbsoluteError", "mape": "MeanAbsolutePercentageError",
    "msle": "MeanSquaredLogarithmicError", "bce": "BinaryCrossentropy", "kld": "KLDivergence",
    "kl_divergence": "KLDivergence", "logcosh": "LogCoshError",
}  # fmt: skip


def _kind(y_true, y_pred):
    """"Binary", "SparseCategorical" or "Categorical", by the shapes."""
    last = y_pred.shape[-1]
    if last == 1:
        return "Binary"
    sparse = len(y_true.shape) < len(y_pred.shape) or (y_true.shape[-1] == 1 and last > 1)
    return "SparseCategorical" if sparse else "Categorical"


def _named_metric(name):
    for found, cls in vars(metrics).items():
        if isinstance(cls, type) and issubclass(cls, metrics.Metric) and name in (found, snake_case(found)):
            return cls()
    if name in _SHORT:
        return getattr(metrics, _SHORT[name])()
    function = getattr(metrics, name, None) or losses.get(name)
    return function


def metric_of(given, y_true, y_pred):
    if given is None:
        raise ValueError("Expected metric, received `None`")
    if str(given).lower() in ("accuracy", "acc"):
        made = getattr(metrics, f"{_kind(y_true, y_pred)}Accuracy")(name=str(given))
    else:
        made = _named_metric(given) if isinstance(given, str) else given() if isinstance(given, type) else given
    name = given if isinstance(given, str) else getattr(made, "name", None) or getattr(made, "__name__", type(made).__name__)
    if not isinstance(made, metrics.Metric):
        made = metrics.MeanMetricWrapper(made)
    made.name = name
    return made


def loss_of(given, y_true, y_pred):
    if given is None:
        return None
    if str(given).lower() in ("crossentropy", "ce"):
        made = getattr(losses, snake_case(_kind(y_true, y_pred)) + "_crossentropy")
    else:
        made = losses.get(given)
    if isinstance(made, losses.Loss):
        return made
    return losses.LossFunctionWrapper(made, name=given if isinstance(given, str) else getattr(made, "__name__", "loss"))


def _by_output(given, names, count):
    """A list with an entry for each output."""
    if isinstance(given, dict):
        if names and set(given) <= set(names):
            return [given.get(name) for name in names]
        raise ValueError(f"Expected keys {names} in loss dict, but found loss.keys()={list(given.keys())}")
    if isinstance(given, (list, tuple)) and len(given) == count:
        return list(given)
    return [given] * count


def _check_structures(y_true, y_pred):
    """Labels by name are for outputs of these names, or for a list of outputs."""
    if not isinstance(y_true, dict) or isinstance(y_pred, (list, tuple)):
        return
    if not isinstance(y_pred, dict):
        raise TypeError(f"Expected {y_pred.dtype.name}, but got {next(iter(y_true))} of type 'str'.")
    if set(y_true) != set(y_pred):
        if len(y_true) == 1:
            raise KeyError(f"The path: {(next(iter(y_pred)),)} in the `loss` argument, can't be found in either the model's output "
                           "(`y_pred`) or in the labels (`y_true`).")
        if len(y_true) == len(y_pred):
            raise TypeError(f"Expected float32, but got {next(iter(y_true))} of type 'str'.")
        stars = [dict.fromkeys(sorted(one), "*") for one in (y_true, y_pred)]
        raise ValueError(f"y_true and y_pred have different structures.\ny_true: {stars[0]}\ny_pred: {stars[1]}\n")


def _alone(given):
    return given[0] if isinstance(given, (list, tuple)) and len(given) == 1 else given


class CompiledLoss:
    def __init__(self, loss, weights, names):
        self._given, self._weights, self._names = loss, weights, names
        self._losses = None
        self.metrics = []

    def _build(self, y_true, y_pred):
        count = len(y_pred)
        given = [_alone(one) for one in _by_output(self._given, self._names, count)]
        self._losses = [loss_of(*one) for one in zip(given, y_true, y_pred)]
        self._factors = [None] * count
        if self._weights is not None:
            self._factors = _by_output(self._weights, self._names, count)
        if sum(loss is not None for loss in self._losses) > 1:
            names = self._names or [loss.name for loss in self._losses]
            self.metrics = [metrics.Mean(name=f"{name}_loss") for name in names]

    def __call__(self, y_true, y_pred, sample_weight=None):
        _check_structures(y_true, y_pred)
        y_true, y_pred = _flat(y_true, self._names), _nest.flatten(y_pred)
        if self._losses is None:
            self._build(y_true, y_pred)
        weights = _nest.flatten(sample_weight) if sample_weight is not None else [None]
        weights = weights if len(weights) == len(y_pred) else [weights[0]] * len(y_pred)
        total = None
        for place, loss in enumerate(self._losses):
            if loss is None:
                continue
            value = loss(y_true[place], y_pred[place], weights[place])
            if self.metrics:
                self.metrics[place].update_state(value)
            if self._factors[place] is not None:
                value = value * self._factors[place]
            total = value if total is None else total + value
        return total


def _flat(values, names):
    if isinstance(values, dict) and names and set(values) == set(names):
        return [values[name] for name in names]
    return _nest.flatten(values)


class CompiledMetrics(metrics.Metric):
    def __init__(self, given, weighted, names):
        super().__init__(name="compile_metrics")
        self._given, self._weighted, self._names = given, weighted, names
        self._made = None

    @property
    def metrics(self):
        return [metric for output in self._made or () for metric, _, _ in output]

    @property
    def variables(self):
        return [variable for metric in self.metrics for variable in metric.variables]

    def _build(self, y_true, y_pred):
        count = len(y_pred)
        self._made = [[] for _ in range(count)]
        for given, is_weighted in ((self._given, False), (self._weighted, True)):
            if not given:
                continue
            each = [_nest.flatten(given)] if count == 1 else _by_output(given, self._names, count)
            for place, chosen in enumerate(each):
                prefix = f"{self._names[place]}_" if count > 1 and self._names else ""
                for one in () if chosen is None else chosen if isinstance(chosen, (list, tuple)) else [chosen]:
                    metric = metric_of(one, y_true[place], y_pred[place])
                    self._made[place].append((metric, prefix, is_weighted))

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = _flat(y_true, self._names), _nest.flatten(y_pred)
        if self._made is None:
            self._build(y_true, y_pred)
        for place, output in enumerate(self._made):
            for metric, _, is_weighted in output:
                if is_weighted:
                    metric.update_state(y_true[place], y_pred[place], sample_weight)
                else:
                    metric.update_state(y_true[place], y_pred[place])

    def reset_state(self):
        for metric in self.metrics:
            metric.reset_state()

    def result(self):
        if self._made is None:
            raise ValueError("Cannot get result() since the metric has not yet been built.")
        results, uses = {}, {}
        for weighted in (False, True):
            for metric, prefix in ((metric, prefix) for output in self._made for metric, prefix, is_so in output if is_so == weighted):
                name = prefix + metric.name
                if weighted and name in uses:
                    name = f"{prefix}weighted_{metric.name}"
                uses[name] = uses.get(name, 0) + 1
                results[name if uses[name] == 1 else f"{name}_{uses[name] - 1}"] = metric.result()
        return results


CompiledMetrics.__name__ = CompiledMetrics.__qualname__ = "CompileMetrics"
CompiledLoss.__name__ = CompiledLoss.__qualname__ = "CompileLoss"


def unpack_x_y_sample_weight(data):
    """keras.utils.unpack_x_y_sample_weight."""
    if isinstance(data, list):
        data = tuple(data)
    if not isinstance(data, tuple):
        return data, None, None
    if len(data) > 3:
        raise ValueError(
            "Data is expected to be in format `x`, `(x,)`, `(x, y)`, or `(x, y, sample_weight)`, found: "
            f"{data}"
        )
    return (*data, None, None)[:3]


def aggregated(loss):
    return _ops.total(_ops.floating(loss))
