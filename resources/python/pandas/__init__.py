# SPDX-License-Identifier: Apache-2.0
"""Stands in for pandas 2.2: tables that are read, looked at, cut, brought together by their labels and handed to numpy."""
import numpy as np

from pandas._frame import DataFrame
from pandas._index import Index
from pandas._joining import concat, get_dummies
from pandas._reading import read_csv
from pandas._series import Series
from pandas._values import array_of, missing, objects
from tapescope.standin import lacking

__version__ = "2.2.3"
__all__ = ["DataFrame", "Index", "Series", "concat", "errors", "factorize", "get_dummies", "isna", "isnull", "notna",
           "notnull", "read_csv", "set_option", "to_numeric", "unique"]


def isna(obj):
    """Of a table or a column one; of an array or a list an array; of a scalar one truth."""
    if hasattr(obj, "isna"):
        return obj.isna()
    if np.ndim(obj) == 0:
        return bool(missing(objects([obj]))[0])
    return missing(np.asarray(obj, dtype=None if isinstance(obj, np.ndarray) else object))


def notna(obj):
    found = isna(obj)
    return not found if isinstance(found, bool) else ~found


isnull, notnull = isna, notna


def unique(values):
    return Series(values).unique()


def factorize(values):
    """(numbers, values): each value by the place where it was first seen."""
    known = Series(values).dropna().unique()
    number = {value: place for place, value in enumerate(known.tolist())}
    codes = np.array([number.get(value, -1) for value in array_of(values).tolist()], dtype=np.int64)
    return codes, Index(known) if isinstance(values, (Series, Index)) else known


def to_numeric(arg, errors="raise"):
    """Numbers of texts; with errors="coerce" NaN of all others."""
    column = arg if isinstance(arg, Series) else Series(arg)
    values = []
    for place, value in enumerate(column.tolist()):
        try:
            values.append(int(value) if isinstance(value, str) and value.strip().lstrip("+-").isdigit() else value
                          if isinstance(value, (int, float)) else float(value))
        except (TypeError, ValueError):
            if errors == "raise":
                raise ValueError(f'Unable to parse string "{value}" at position {place}') from None
            values.append(np.nan)
    return column._like(array_of(values)) if isinstance(arg, Series) else array_of(values)


def set_option(*arguments, **options):
    pass


__getattr__ = lacking(globals())
