# SPDX-License-Identifier: Apache-2.0
"""In which order rows stand when they are sorted: what is missing comes last, and rows that are alike keep theirs."""
import numpy as np

from pandas._values import missing, objects


def order_of(columns, ascending):
    """Places, by the first of the columns, then the second and so on."""
    order = np.arange(len(columns[0]))
    for values, rises in reversed(list(zip(columns, ascending))):
        order = order[_order(values[order], rises, last=len(columns) == 1)]
    return order


def _order(values, rises, last):
    gone = missing(values)
    known = np.flatnonzero(~gone)
    if last and values.dtype.kind != "O":  # numpy's own order of rows that are alike, as pandas has it
        part = values[known]
        order = np.argsort(part, kind="quicksort") if rises else len(part) - 1 - np.argsort(part[::-1], kind="quicksort")[::-1]
    else:
        ranks = np.unique(values[known], return_inverse=True)[1]
        order = np.argsort(ranks if rises else -ranks, kind="stable")
    return np.concatenate([known[order], np.flatnonzero(gone)])


def sorted_values(values):
    """Each of the known values once, in order where they have one."""
    once = list(dict.fromkeys(value for value, gone in zip(values.tolist(), missing(values)) if not gone))
    try:
        return sorted(once)
    except TypeError:
        return objects(once).tolist()
