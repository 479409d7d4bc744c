# SPDX-License-Identifier: Apache-2.0
"""The table of precision, recall and F1 of each class."""
import numpy as np
from sklearn._scores import _pair, f1_score, precision_score, recall_score


def _scores(true, pred, average, zero_division):
    options = {"average": average, "zero_division": zero_division}
    return [score(true, pred, **options) for score in (precision_score, recall_score, f1_score)]


def _rows(true, pred, names, zero_division):
    """(name, precision, recall, f1, support) of classes, then of averages."""
    present = np.unique(np.concatenate([true, pred]))
    names = [str(label) for label in present] if names is None else [str(name) for name in names]
    if len(names) != len(present):
        raise ValueError(f"Number of classes, {len(present)}, does not match size of target_names, {len(names)}. Try specifying "
                         "the labels parameter")
    support = [int(np.sum(true == label)) for label in present]
    classes = list(zip(names, *_scores(true, pred, None, zero_division), support))
    averages = [(f"{name} avg", *_scores(true, pred, name, zero_division), len(true)) for name in ("macro", "weighted")]
    return classes, averages


def classification_report(y_true, y_pred, *, labels=None, target_names=None, sample_weight=None, digits=2, output_dict=False,
                          zero_division="warn"):
    if labels is not None or sample_weight is not None:
        raise NotImplementedError("classification_report() is here without labels and sample_weight; leave them out")
    for one in (np.asarray(y_true), np.asarray(y_pred)):
        if one.ndim > 1 and one.shape[-1] > 1:
            raise NotImplementedError("classification_report() is here for one label in each row; take argmax(1) of one-hot rows")
        if not one.size:
            raise ValueError("Found empty input array (e.g., `y_true` or `y_pred`) while a minimum of 1 sample is required.")
        if one.dtype.kind == "f" and np.any(one != np.floor(one)):
            raise ValueError("classification_report() takes labels, not numbers between them: continuous is not supported")
    true, pred = _pair(y_true, y_pred)
    classes, averages = _rows(true, pred, target_names, zero_division)
    accuracy = float(np.mean(true == pred))
    head = ("precision", "recall", "f1-score", "support")
    if output_dict:
        def told(rows):
            return {name: dict(zip(head, map(float, numbers))) for name, *numbers in rows}

        return {**told(classes), "accuracy": accuracy, **told(averages)}
    width = max(len("weighted avg"), digits, *(len(row[0]) for row in classes))

    def line(name, *cells):
        return f"{name:>{width}s} " + "".join(f" {cell:>9}" for cell in cells) + "\n"

    def scores(rows):
        return "".join(line(name, *(f"{number:.{digits}f}" for number in numbers), support) for name, *numbers, support in rows)

    return (line("", *head) + "\n" + scores(classes) + "\n" + line("accuracy", "", "", f"{accuracy:.{digits}f}", len(true))
            + scores(averages))
