# SPDX-License-Identifier: Apache-2.0
"""Stands in for sklearn.metrics: accuracy, errors, the confusion matrix and the report of classes."""
import numpy as np
from sklearn._reports import classification_report
from sklearn._scores import f1_score, precision_score, recall_score, roc_auc_score
from tapescope.standin import lacking

__all__ = ["accuracy_score", "classification_report", "confusion_matrix", "f1_score", "mean_absolute_error",
           "mean_squared_error", "precision_score", "r2_score", "recall_score", "roc_auc_score", "root_mean_squared_error"]


def _pair(a, b):
    a, b = np.asarray(a), np.asarray(b)
    if len(a) != len(b):
        raise ValueError(f"Found input variables with inconsistent numbers of samples: [{len(a)}, {len(b)}]")
    return a, b


def accuracy_score(y_true, y_pred, *, normalize=True, sample_weight=None):
    true, pred = _pair(y_true, y_pred)
    if true.ndim != pred.ndim and 1 in (true.shape[-1], pred.shape[-1]):
        true, pred = true.reshape(len(true)), pred.reshape(len(pred))
    if pred.dtype.kind == "f" and np.any(pred != pred.astype(int)):
        raise ValueError("Classification metrics can't handle a mix of binary and continuous targets")
    right = (true == pred) if true.ndim == 1 else (true == pred).all(1)
    if not normalize:
        return float(right.sum() if sample_weight is None else np.dot(right, sample_weight))
    return float(np.average(right, weights=sample_weight))


def _error(power):
    def error(y_true, y_pred, *, sample_weight=None, multioutput="uniform_average"):
        true, pred = _pair(y_true, y_pred)
        each = np.average(power(true.reshape(len(true), -1) - pred.reshape(len(pred), -1)), axis=0, weights=sample_weight)
        return each if multioutput == "raw_values" else float(np.average(each))

    return error


mean_squared_error, mean_absolute_error = _error(np.square), _error(np.abs)
mean_squared_error.__name__, mean_absolute_error.__name__ = "mean_squared_error", "mean_absolute_error"


def root_mean_squared_error(y_true, y_pred, **options):
    return float(np.sqrt(mean_squared_error(y_true, y_pred, **options)))


def r2_score(y_true, y_pred):
    true, pred = _pair(y_true, y_pred)
    true, pred = true.reshape(len(true), -1), pred.reshape(len(pred), -1)
    residual, total = ((true - pred) ** 2).sum(0), ((true - true.mean(0)) ** 2).sum(0)
    return float(np.mean(np.where(total == 0, np.where(residual == 0, 1.0, 0.0), 1 - residual / np.where(total == 0, 1, total))))


def confusion_matrix(y_true, y_pred, *, labels=None):
    true, pred = _pair(y_true, y_pred)
    labels = np.unique(np.concatenate([true, pred])) if labels is None else np.asarray(labels)
    return np.array([[np.sum((true == row) & (pred == column)) for column in labels] for row in labels])


__getattr__ = lacking(globals())
