# SPDX-License-Identifier: Apache-2.0
"""Metrics of true and false positives and negatives at thresholds: keras/src/metrics/confusion_metrics.py."""

import enum
import inspect

import numpy

import tensorflow as tf
from tensorflow.keras import _loss_functions as _functions
from tensorflow.keras import _ops
from tensorflow.keras.metrics._means import Metric

_FAR_BELOW = -1e10
_COUNTS = ("true_positives", "false_positives", "true_negatives", "false_negatives")


class AUCCurve(enum.Enum):
    ROC, PR, PRGAIN = "ROC", "PR", "PRGAIN"


class AUCSummationMethod(enum.Enum):
    INTERPOLATION, MAJORING, MINORING = "interpolation", "majoring", "minoring"


def _thresholds(given, otherwise):
    if given is None:
        return [otherwise]
    given = list(given) if isinstance(given, (list, tuple)) else [given]
    wrong = [one for one in given if one is None or one < 0 or one > 1]
    if wrong:
        raise ValueError(f"Threshold values must be in [0, 1]. Received: {wrong}")
    return given


def _are_even(thresholds):
    count = len(thresholds)
    return count > 2 and numpy.allclose(thresholds, numpy.arange(count, dtype="float32") / (count - 1), atol=_ops.EPSILON)


def _only_top(scores, k):
    """The scores that are not among a row's k largest are far below every threshold."""
    kept = tf.reduce_sum(tf.one_hot(tf.math.top_k(scores, k).indices, scores.shape[-1], dtype=scores.dtype), axis=-2)
    return scores * kept + _FAR_BELOW * (1 - kept)


def _above(scores, thresholds, even):
    """Which scores are above which threshold, thresholds first. Even thresholds: by the number of the interval, as Keras."""
    shape = [-1] + [1] * (len(scores.shape) - 1)
    if not even:
        return scores > tf.reshape(tf.constant(thresholds, scores.dtype), shape)
    interval = tf.math.ceil(tf.clip_by_value(scores, 0.0, 1.0) * (len(thresholds) - 1)) - 1
    if thresholds[0] < 0 or thresholds[-1] > 1:
        interval = tf.nn.relu(interval)
    return interval >= tf.reshape(tf.range(len(thresholds), dtype=scores.dtype), shape)


class _Counting(Metric):
    """Counts of some of _COUNTS, one for each threshold (and label)."""

    top_k = class_id = None
    multi_label = False

    def _count(self, *names, labels=()):
        for name in names:
            setattr(self, name, self.add_variable((len(self.thresholds), *labels), name=name))

    def _pair(self, y_true, y_pred, weights, dtype):
        y_pred, y_true = _functions.same_rank(_ops.cast(y_pred, dtype), _ops.cast(y_true, dtype))
        if weights is not None:
            weights = tf.expand_dims(_ops.cast(weights, dtype), -1)
            if len(weights.shape) == len(y_true.shape) + 1:
                weights = tf.squeeze(weights, -1)
        if self.top_k is not None:
            y_pred = _only_top(y_pred, self.top_k)
        if self.class_id is not None:
            if len(y_pred.shape) == 1:
                raise ValueError("When class_id is provided, y_pred must be a 2D array with shape (num_samples, num_classes), "
                                 f"found shape: {y_pred.shape}")
            y_true, y_pred = (one[..., self.class_id, None] for one in (y_true, y_pred))
        return y_true, y_pred, weights

    def update_state(self, y_true, y_pred, sample_weight=None, label_weights=None):
        counted = [name for name in _COUNTS if hasattr(self, name)]
        dtype = getattr(self, counted[0]).dtype.name
        y_true, y_pred, weights = self._pair(y_true, y_pred, sample_weight, dtype)
        share = tf.ones_like(y_pred)
        for factor in (weights, label_weights):
            share = share if factor is None else share * tf.broadcast_to(factor, y_pred.shape)
        positive = tf.cast(tf.cast(y_true, "bool"), dtype)
        parts = [positive * share, (1 - positive) * share, y_pred]
        shape = [1, *y_pred.shape] if self.multi_label else [1, -1]
        true, false, scores = (tf.reshape(part, shape) for part in parts)
        above = tf.cast(_above(scores, self._bounds(), self._thresholds_distributed_evenly), dtype)
        terms = {"true_positives": lambda: true * above, "false_positives": lambda: false * above,
                 "true_negatives": lambda: false * (1 - above), "false_negatives": lambda: true * (1 - above)}  # fmt: skip
        for name in counted:
            getattr(self, name).assign_add(tf.reduce_sum(terms[name](), axis=1))

    def _bounds(self):
        return self.thresholds

    def _share(self, part, rest):
        part, rest = getattr(self, part), getattr(self, rest)
        return tf.math.divide_no_nan(part, part + rest)


class _Count(_Counting):
    _counts = None

    def __init__(self, thresholds=None, name=None, dtype=None):
        super().__init__(dtype, name)
        self.init_thresholds = thresholds
        self.thresholds = _thresholds(thresholds, 0.5)
        self._thresholds_distributed_evenly = _are_even(self.thresholds)
        self.accumulator = self.add_variable((len(self.thresholds),), name="accumulator")
        setattr(self, self._counts, self.accumulator)

    def result(self):
        return self.accumulator[0] if len(self.thresholds) == 1 else self.accumulator

    def get_config(self):
        return {**super().get_config(), "thresholds": self.init_thresholds}


class _Ratio(_Counting):
    """Precision and recall: true positives by themselves and another count."""

    _direction = "up"
    _other = None

    def __init__(self, thresholds=None, top_k=None, class_id=None, name=None, dtype=None):
        super().__init__(dtype, name)
        self.init_thresholds, self.top_k, self.class_id = thresholds, top_k, class_id
        self.thresholds = _thresholds(thresholds, 0.5 if top_k is None else _FAR_BELOW)
        self._thresholds_distributed_evenly = _are_even(self.thresholds)
        self._count("true_positives", self._other)

    def result(self):
        result = self._share("true_positives", self._other)
        return result[0] if len(self.thresholds) == 1 else result

    def get_config(self):
        return {**super().get_config(), "thresholds": self.init_thresholds, "top_k": self.top_k, "class_id": self.class_id}


_RATES = {
    "sensitivity": ("true_positives", "false_negatives"), "specificity": ("true_negatives", "false_positives"),
    "recall": ("true_positives", "false_negatives"), "precision": ("true_positives", "false_positives"),
}  # fmt: skip


class _BestUnder(_Counting):
    """The largest of one rate where another one reaches a value."""

    _direction = "up"
    _wanted = _given = None

    def __init__(self, value, num_thresholds=200, class_id=None, name=None, dtype=None):
        if value < 0 or value > 1:
            raise ValueError(f"Argument `{self._given}` must be in the range [0, 1]. Received: {self._given}={value}")
        super().__init__(dtype, name)
        if num_thresholds <= 0:
            raise ValueError(f"Argument `num_thresholds` must be an integer > 0. Received: num_thresholds={num_thresholds}")
        self.value, self.class_id, self.num_thresholds = value, class_id, num_thresholds
        setattr(self, self._given, value)
        self._thresholds_distributed_evenly = num_thresholds > 1
        inner = [(place + 1) * 1.0 / (num_thresholds - 1) for place in range(num_thresholds - 2)]
        self.thresholds = [0.5] if num_thresholds == 1 else [0.0, *inner, 1.0]
        self._count(*_COUNTS)

    def result(self):
        reached = self._share(*_RATES[self._given]) >= self.value
        best = tf.where(reached, self._share(*_RATES[self._wanted]), 0.0)
        return tf.maximum(tf.reduce_max(best), 0.0)

    def get_config(self):
        own = {"class_id": self.class_id, "num_thresholds": self.num_thresholds, self._given: self.value}
        return {**super().get_config(), **own}


def _best_under(kind, wanted, given):
    parameters = [inspect.Parameter(given, inspect.Parameter.POSITIONAL_OR_KEYWORD)]
    parameters += list(inspect.signature(_BestUnder.__init__).parameters.values())[2:]
    signature = inspect.Signature(parameters)

    def __init__(self, *args, **kwargs):
        # The value's argument has the rate's name, and may be given by it.
        arguments = signature.bind(*args, **kwargs).arguments
        _BestUnder.__init__(self, arguments.pop(given), **arguments)

    return type(kind, (_BestUnder,), {"_wanted": wanted, "_given": given, "__init__": __init__, "__module__": __name__})


def _member(kinds, given, words):
    """The member of an enumeration, by itself or by its name in one of two spellings."""
    if isinstance(given, kinds):
        return given
    for member in kinds:
        if given in (member.value, member.value.lower(), member.value.capitalize() if member.value.islower() else None):
            return member
    names = [member.value for member in kinds]
    order = names if kinds is AUCSummationMethod else ["PR", "ROC", "PRGAIN"]
    listed = ", ".join(f'"{one}"' for one in order)
    raise ValueError(f'Invalid AUC {words} value: "{given}". Expected values are [{listed}]')


class AUC(_Counting):
    _direction = "up"

    def __init__(self, num_thresholds=200, curve="ROC", summation_method="interpolation", name=None, dtype=None, thresholds=None,
                 multi_label=False, num_labels=None, label_weights=None, from_logits=False):
        self._init_from_thresholds = thresholds is not None
        if thresholds is not None:
            inner = sorted(thresholds)
            num_thresholds = len(inner) + 2
            self._thresholds_distributed_evenly = _are_even([0.0, *inner, 1.0])
        else:
            if num_thresholds <= 1:
                raise ValueError(f"Argument `num_thresholds` must be an integer > 1. Received: num_thresholds={num_thresholds}")
            inner = [(place + 1) * 1.0 / (num_thresholds - 1) for place in range(num_thresholds - 2)]
            self._thresholds_distributed_evenly = True
        self.num_thresholds = num_thresholds
        self._thresholds = numpy.array([0.0 - _ops.EPSILON, *inner, 1.0 + _ops.EPSILON])
        self.curve = _member(AUCCurve, curve, "curve")
        self.summation_method = _member(AUCSummationMethod, summation_method, "summation method")
        super().__init__(dtype, name)
        self.multi_label, self.num_labels, self._from_logits = multi_label, num_labels, from_logits
        self.label_weights = None if label_weights is None else _ops.tensor(label_weights, self.dtype)
        self._built = False
        if num_labels and not multi_label:
            raise ValueError("`num_labels` is needed only when `multi_label` is True.")
        if num_labels or not multi_label:
            self._build([None, num_labels] if multi_label else None)

    @property
    def thresholds(self):
        return list(self._thresholds)

    def _bounds(self):
        return self._thresholds

    def _build(self, shape):
        if self.multi_label and len(shape) != 2:
            raise ValueError("`y_pred` must have rank 2 when `multi_label=True`. "
                             f"Found rank {len(shape)}. Full shape received for `y_pred`: {shape}")
        self._count(*_COUNTS, labels=(shape[1],) if self.multi_label else ())
        self._built = True

    def update_state(self, y_true, y_pred, sample_weight=None):
        if not self._built:
            self._build(y_pred.shape)
        y_pred = tf.sigmoid(_ops.floating(y_pred)) if self._from_logits else y_pred
        super().update_state(y_true, y_pred, sample_weight, None if self.multi_label else self.label_weights)

    def _over_labels(self, terms):
        areas = tf.reduce_sum(terms, axis=0)
        if not self.multi_label:
            return areas
        if self.label_weights is None:
            return tf.reduce_mean(areas)
        return tf.math.divide_no_nan(tf.reduce_sum(areas * self.label_weights), tf.reduce_sum(self.label_weights))

    def interpolate_pr_auc(self):
        """Davis and Goadrich's interpolation of true positives between two thresholds."""
        true, last = tf.identity(self.true_positives), self.num_thresholds - 1
        taken = true + self.false_positives
        gained = true[:last] - true[1:]
        slope = tf.math.divide_no_nan(gained, tf.maximum(taken[:last] - taken[1:], 0.0))
        start = true[1:] - slope * taken[1:]
        both = tf.logical_and(taken[:last] > 0, taken[1:] > 0)
        ratio = tf.where(both, tf.math.divide_no_nan(taken[:last], tf.maximum(taken[1:], 0.0)), tf.ones_like(taken[1:]))
        positives = tf.maximum(true[1:] + self.false_negatives[1:], 0.0)
        return self._over_labels(tf.math.divide_no_nan(slope * (gained + start * tf.math.log(ratio)), positives))

    def _gains(self):
        true, divide = tf.identity(self.true_positives), tf.math.divide_no_nan
        scale = divide(true + self.false_negatives, self.true_negatives + self.false_positives)
        recall, precision = (1.0 - scale * divide(wrong, true) for wrong in (self.false_negatives, self.false_positives))
        none = tf.equal(true, 0.0)
        return tf.maximum(tf.where(none, 0.0, recall), 0.0), tf.where(none, 1.0, precision)

    def _points(self):
        if self.curve is AUCCurve.PRGAIN:
            return self._gains()
        recall = self._share("true_positives", "false_negatives")
        if self.curve is AUCCurve.ROC:
            return self._share("false_positives", "true_negatives"), recall
        return recall, self._share("true_positives", "false_positives")

    def result(self):
        method = self.summation_method
        if self.curve is AUCCurve.PR and method is AUCSummationMethod.INTERPOLATION:
            return self.interpolate_pr_auc()
        x, y = self._points()
        left, right = y[: self.num_thresholds - 1], y[1:]
        if method is AUCSummationMethod.INTERPOLATION:
            heights = (left + right) / 2.0
        else:
            heights = (tf.minimum if method is AUCSummationMethod.MINORING else tf.maximum)(left, right)
        return self._over_labels((x[: self.num_thresholds - 1] - x[1:]) * heights)

    def get_config(self):
        config = {"num_thresholds": self.num_thresholds, "curve": self.curve.value,
                  "summation_method": self.summation_method.value, "multi_label": self.multi_label,
                  "num_labels": self.num_labels, "label_weights": self.label_weights, "from_logits": self._from_logits}  # fmt: skip
        if self._init_from_thresholds:
            config["thresholds"] = self.thresholds[1:-1]
        return {**super().get_config(), **config}


def _kind(base, name, **members):
    return type(name, (base,), {**members, "__module__": __name__})


TruePositives, FalsePositives, TrueNegatives, FalseNegatives = (
    _kind(_Count, "".join(word.capitalize() for word in name.split("_")), _counts=name) for name in _COUNTS
)
Precision = _kind(_Ratio, "Precision", _other="false_positives")
Recall = _kind(_Ratio, "Recall", _other="false_negatives")
SensitivityAtSpecificity = _best_under("SensitivityAtSpecificity", "sensitivity", "specificity")
SpecificityAtSensitivity = _best_under("SpecificityAtSensitivity", "specificity", "sensitivity")
PrecisionAtRecall = _best_under("PrecisionAtRecall", "precision", "recall")
RecallAtPrecision = _best_under("RecallAtPrecision", "recall", "precision")
NAMES = """AUC FalseNegatives FalsePositives Precision PrecisionAtRecall Recall RecallAtPrecision SensitivityAtSpecificity
SpecificityAtSensitivity TrueNegatives TruePositives""".split()
