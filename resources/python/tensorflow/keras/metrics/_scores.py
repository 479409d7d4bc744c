# SPDX-License-Identifier: Apache-2.0
"""F scores, R squared and correlations: keras/src/metrics/f_score_metrics.py, regression_metrics.py, correlation_metrics.py."""

import warnings

import tensorflow as tf
from tensorflow.keras import _loss_functions as _functions
from tensorflow.keras import _ops
from tensorflow.keras.metrics._means import Metric, mean_class


def _require_matrices(kind, y_true, y_pred):
    shapes = f"Received input shapes: y_pred.shape={y_pred.shape} and y_true.shape={y_true.shape}."
    if len(y_pred.shape) != 2 or len(y_true.shape) != 2:
        raise ValueError(f"{kind} expects 2D inputs with shape (batch_size, output_dim). {shapes}")
    if y_pred.shape[-1] is None or y_true.shape[-1] is None:
        raise ValueError(
            f"{kind} expects 2D inputs with shape (batch_size, output_dim), with output_dim fully defined (not None). {shapes}"
        )


def _require_float(name, value):
    if not isinstance(value, float):
        raise ValueError(f"Invalid `{name}` argument value. It should be a Python float. "
                         f"Received: {name}={value} of type '{type(value)}'")


class FBetaScore(Metric):
    _direction = "up"

    _told = ("average", "beta", "threshold")
    _sums = ("true_positives", "false_positives", "false_negatives", "intermediate_weights")

    def __init__(self, average=None, beta=1.0, threshold=None, name="fbeta_score", dtype=None):
        super().__init__(dtype, name)
        if average not in (None, "micro", "macro", "weighted"):
            raise ValueError("Invalid `average` argument value. Expected one of: {None, 'micro', 'macro', 'weighted'}. "
                             f"Received: average={average}")
        _require_float("beta", beta)
        if beta <= 0.0:
            raise ValueError(f"Invalid `beta` argument value. It should be > 0. Received: beta={beta}")
        if threshold is not None:
            _require_float("threshold", threshold)
            if threshold > 1.0 or threshold <= 0.0:
                raise ValueError("Invalid `threshold` argument value. It should verify 0 < threshold <= 1. "
                                 f"Received: threshold={threshold}")
        self.average, self.beta, self.threshold = average, beta, threshold
        self.axis = None if average == "micro" else 0
        self._built = False

    def _build(self, y_true, y_pred):
        _require_matrices("FBetaScore", y_true, y_pred)
        for name in self._sums:
            shape = () if self.average == "micro" else (y_pred.shape[-1],)
            setattr(self, name, self.add_variable(shape, dtype=self.dtype, name=name))
        self._built = True

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = _ops.tensor(y_true, self.dtype), _ops.tensor(y_pred, self.dtype)
        if not self._built:
            self._build(y_true, y_pred)
        if self.threshold is None:
            y_pred = tf.logical_and(y_pred >= tf.reduce_max(y_pred, axis=-1, keepdims=True), tf.abs(y_pred) > 1e-9)
        else:
            y_pred = y_pred > self.threshold
        y_pred = tf.cast(y_pred, self.dtype)
        weights = None if sample_weight is None else tf.expand_dims(_ops.tensor(sample_weight, self.dtype), 1)
        for name, terms in zip(self._sums, (y_pred * y_true, y_pred * (1 - y_true), (1 - y_pred) * y_true, y_true)):
            terms = terms if weights is None else terms * weights
            getattr(self, name).assign_add(tf.reduce_sum(terms, axis=self.axis))

    def result(self):
        true = tf.identity(self.true_positives)
        precision = true / (true + self.false_positives + _ops.EPSILON)
        recall = true / (true + self.false_negatives + _ops.EPSILON)
        score = precision * recall / (self.beta**2 * precision + recall + _ops.EPSILON) * (1 + self.beta**2)
        if self.average == "weighted":
            weights = self.intermediate_weights / (tf.reduce_sum(self.intermediate_weights) + _ops.EPSILON)
            return tf.reduce_sum(score * weights)
        return score if self.average is None else tf.reduce_mean(score)

    def get_config(self):
        return {**super().get_config(), **{key: getattr(self, key) for key in self._told}}


class F1Score(FBetaScore):
    _told = ("average", "threshold")

    def __init__(self, average=None, threshold=None, name="f1_score", dtype=None):
        super().__init__(average, 1.0, threshold, name, dtype)


class R2Score(Metric):
    _direction = "up"

    _aggregations = (None, "uniform_average", "variance_weighted_average")

    def __init__(self, class_aggregation="uniform_average", num_regressors=0, name="r2_score", dtype=None):
        super().__init__(dtype, name)
        if class_aggregation not in self._aggregations:
            raise ValueError(f"Invalid value for argument `class_aggregation`. Expected one of {self._aggregations}. "
                             f"Received: class_aggregation={class_aggregation}")
        if num_regressors < 0:
            raise ValueError("Invalid value for argument `num_regressors`. Expected a value >= 0. "
                             f"Received: num_regressors={num_regressors}")
        self.class_aggregation, self.num_regressors = class_aggregation, num_regressors
        self.num_samples = self.add_variable((), name="num_samples")
        self._built = False

    def _build(self, y_true, y_pred):
        _require_matrices("R2Score", y_true, y_pred)
        for attribute, name in (("squared_sum",) * 2, ("sum",) * 2, ("total_mse", "residual"), ("count",) * 2):
            setattr(self, attribute, self.add_variable((y_pred.shape[-1],), name=name))
        self._built = True

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true, y_pred = _functions.same_rank(_ops.tensor(y_true, self.dtype), _ops.tensor(y_pred, self.dtype))
        if not self._built:
            self._build(y_true, y_pred)
        weights = _ops.tensor(1 if sample_weight is None else sample_weight, self.dtype)
        weights = tf.broadcast_to(tf.expand_dims(weights, 1) if len(weights.shape) == 1 else weights, y_true.shape)
        weighted = y_true * weights
        for total, terms in ((self.sum, weighted), (self.squared_sum, y_true * weighted),
                             (self.total_mse, (y_true - y_pred) ** 2 * weights), (self.count, weights)):  # fmt: skip
            total.assign_add(_ops.cast(tf.reduce_sum(terms, axis=0), total.dtype.name))
        self.num_samples.assign_add(tf.cast(tf.size(y_true), self.num_samples.dtype))

    def _adjusted(self, score):
        spare = float(self.num_samples) - 1 - self.num_regressors
        if spare > 0:
            return 1.0 - (1.0 - score) * (self.num_samples - 1.0) / (self.num_samples - float(self.num_regressors) - 1.0)
        why = "Division by zero in Adjusted R2 score." if spare == 0 else (
            "More independent predictors than datapoints in adjusted R2 score.")  # fmt: skip
        warnings.warn(f"{why} Falling back to standard R2 score.", stacklevel=3)
        return score

    def result(self):
        total = self.squared_sum - self.sum * (self.sum / self.count)
        scores = 1 - self.total_mse / total
        scores = tf.where(tf.math.is_inf(scores), 0.0, scores)
        if self.class_aggregation == "uniform_average":
            scores = tf.reduce_mean(scores)
        elif self.class_aggregation is not None:
            scores = tf.reduce_sum(total * scores) / tf.reduce_sum(total)
        return self._adjusted(scores) if self.num_regressors else scores

    def get_config(self):
        own = {"class_aggregation": self.class_aggregation, "num_regressors": self.num_regressors}
        return {**super().get_config(), **own}


def _pair(y_true, y_pred):
    y_pred = _ops.tensor(y_pred)
    return _functions.same_rank(_ops.tensor(y_true, y_pred.dtype), y_pred)


def _centred(values, axis):
    return values - tf.reduce_mean(values, axis=axis, keepdims=True)


def pearson_correlation(y_true, y_pred, axis=-1):
    y_true, y_pred = (_centred(y, axis) for y in _pair(y_true, y_pred))
    y_true, y_pred = (y / tf.math.reduce_std(y, axis=axis, keepdims=True) for y in (y_true, y_pred))
    return tf.reduce_mean(y_true * y_pred, axis=axis)


def concordance_correlation(y_true, y_pred, axis=-1):
    y_true, y_pred = _pair(y_true, y_pred)
    means = [tf.reduce_mean(y, axis=axis, keepdims=True) for y in (y_true, y_pred)]
    spreads = [tf.math.reduce_variance(y - mean, axis=axis, keepdims=True) for y, mean in zip((y_true, y_pred), means)]
    together = (y_true - means[1]) * (y_pred - means[1])
    norm = spreads[0] + spreads[1] + tf.square(means[0] - means[1])
    return tf.reduce_mean(2 * together / (norm + _ops.EPSILON), axis=axis)


def _cosine_similarity(y_true, y_pred, axis=-1):
    from tensorflow.keras.ops import normalize

    y_true, y_pred = (normalize(y, axis=axis) for y in _pair(y_true, y_pred))
    return tf.reduce_sum(y_true * y_pred, axis=axis)


PearsonCorrelation = mean_class("PearsonCorrelation", pearson_correlation, "pearson_correlation", axis=-1)
ConcordanceCorrelation = mean_class("ConcordanceCorrelation", concordance_correlation, "concordance_correlation", axis=-1)
CosineSimilarity = mean_class("CosineSimilarity", _cosine_similarity, "cosine_similarity", axis=-1)
for _cls in (PearsonCorrelation, ConcordanceCorrelation, CosineSimilarity):
    _cls._direction = "up"
CosineSimilarity.get_config = Metric.get_config
NAMES = """ConcordanceCorrelation CosineSimilarity F1Score FBetaScore PearsonCorrelation R2Score concordance_correlation
pearson_correlation""".split()
