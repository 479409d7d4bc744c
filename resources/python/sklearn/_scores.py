# SPDX-License-Identifier: Apache-2.0
"""Precision, recall and F1 of labels, and the area under the curve of scores."""
import warnings

import numpy as np
from sklearn.exceptions import InvalidParameterError, UndefinedMetricWarning

_AVERAGES = (None, "binary", "macro", "micro", "weighted")


def _pair(y_true, y_pred):
    true, pred = np.asarray(y_true), np.asarray(y_pred)
    if len(true) != len(pred):
        raise ValueError(f"Found input variables with inconsistent numbers of samples: [{len(true)}, {len(pred)}]")
    true, pred = (side.reshape(len(side)) if side.ndim == 2 and side.shape[1] == 1 else side for side in (true, pred))
    if pred.dtype.kind == "f" and np.any(pred != pred.astype(int)):
        kind = "binary" if len(np.unique(true)) <= 2 else "multiclass"
        raise ValueError(f"Classification metrics can't handle a mix of {kind} and continuous targets")
    return true, pred


def _labels(true, pred, average, pos_label):
    """The labels that count: all, or the positive one."""
    present = np.unique(np.concatenate([true, pred]))
    if average != "binary":
        return present
    if len(present) > 2:
        raise ValueError("Target is multiclass but average='binary'. Please choose another average setting, one of "
                         f"{[None, 'micro', 'macro', 'weighted']!r}.")
    if pos_label not in present and len(present) >= 2:
        raise ValueError(f"pos_label={pos_label} is not a valid label. It should be one of {present}")
    return np.array([pos_label])


def _quotient(above, below, metric, modifier, zero_division):
    """Counts by counts; of nothing it is what is asked for, and a warning where nothing is."""
    found = np.where(below == 0, 0.0 if zero_division == "warn" else zero_division, above / np.where(below == 0, 1, below))
    if zero_division == "warn" and np.any(below == 0):
        where = f"due to no {modifier} samples" if len(below) == 1 else f"in labels with no {modifier} samples"
        warnings.warn(f"{metric} is ill-defined and being set to 0.0 {where}. Use `zero_division` parameter to control this "
                      "behavior.", UndefinedMetricWarning, stacklevel=4)
    return found


def _score(name, metric, parts, modifier):
    def score(y_true, y_pred, *, labels=None, pos_label=1, average="binary", sample_weight=None, zero_division="warn"):
        if average not in _AVERAGES:
            raise InvalidParameterError(f"The 'average' parameter of {name} must be a str among {{'binary', 'macro', "
                                        f"'micro', 'samples', 'weighted'}} or None. Got {average!r} instead.")
        if labels is not None or sample_weight is not None:
            raise NotImplementedError(f"{name}() is here without labels and sample_weight; leave them out")
        true, pred = _pair(y_true, y_pred)
        wanted = _labels(true, pred, average, pos_label)
        right, guessed, there = (np.array([np.sum(test) for test in tests], dtype=float) for tests in (
            [(true == label) & (pred == label) for label in wanted], [pred == label for label in wanted],
            [true == label for label in wanted]))
        weights = there
        if average == "micro":
            right, guessed, there = right.sum(keepdims=True), guessed.sum(keepdims=True), there.sum(keepdims=True)
        each = _quotient(*parts(right, guessed, there), metric, modifier, zero_division)
        if average is None:
            return each
        return float(np.average(each, weights=weights if average == "weighted" and weights.sum() else None))

    score.__name__ = name
    return score


precision_score = _score("precision_score", "Precision", lambda right, guessed, there: (right, guessed), "predicted")
recall_score = _score("recall_score", "Recall", lambda right, guessed, there: (right, there), "true")
f1_score = _score("f1_score", "F-score", lambda right, guessed, there: (2 * right, guessed + there), "true nor predicted")


def roc_auc_score(y_true, y_score):
    """How often a positive one has the larger score than a negative one; a tie is a half."""
    true, score = np.asarray(y_true).reshape(-1), np.asarray(y_score, dtype=float).reshape(-1)
    labels = np.unique(true)
    if len(labels) > 2:
        raise NotImplementedError("roc_auc_score() is here for two classes")
    if len(labels) < 2:
        warnings.warn("Only one class is present in y_true. ROC AUC score is not defined in that case.", UndefinedMetricWarning,
                      stacklevel=2)
        return float("nan")
    values, places, counts = np.unique(score, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places.reshape(-1)]
    positive = true == labels[1]
    count = positive.sum()
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * (len(true) - count)))
