# SPDX-License-Identifier: Apache-2.0
"""Values of columns: arrays of numpy, where texts and mixtures are objects and what is missing is NaN or None."""
import builtins
import collections.abc

import numpy as np


def plain(values):
    """What a Series or an Index holds; all others as they are."""
    return getattr(values, "values", values) if type(values).__module__.startswith("pandas") else values


def _is_missing(value):
    return value is None or (isinstance(value, (float, np.floating)) and value != value)


def missing(values):
    """Where values of an array are missing."""
    if values.dtype.kind in "fc":
        return np.isnan(values)
    if values.dtype.kind != "O":
        return np.zeros(values.shape, dtype=bool)
    return np.array([_is_missing(value) for value in values.ravel()], dtype=bool).reshape(values.shape)


def keys(values):
    """The values of an array as keys: NaN is one object, which dictionaries find by identity."""
    return [np.nan if isinstance(value, float) and value != value else value for value in values.tolist()]


def objects(values):
    """A one-dimensional array of the values as they are."""
    values = list(values)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _inferred(values):
    """The narrowest of bool, int64, float64 and object that holds a list; None among numbers is NaN."""
    def among(*kinds):
        return all(isinstance(value, kinds) for value in values)

    if not values or among(bool, np.bool_):
        return np.array(values, dtype=bool if values else object)
    if any(isinstance(value, (bool, np.bool_)) for value in values):
        return objects(values)
    if among(int, float, complex, np.number):
        return np.array(values)
    if among(int, float, np.number, type(None)) and not among(type(None)):
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    first = np.asarray(values[0])
    scalars = first.ndim == 0 and first.dtype.kind not in "OUS" and among(type(values[0]))
    return np.asarray(values) if scalars else objects(values)


def array_of(values):
    """Any values as an array with a dtype that columns have."""
    values = plain(values)
    if isinstance(values, (list, tuple, collections.abc.Set, collections.abc.Mapping, collections.abc.ValuesView,
                           collections.abc.Iterator)):
        return _inferred(list(values))
    array = np.asarray(values)
    return array.astype(object) if array.dtype.kind in "US" else array


def common(arrays):
    """One dtype for some arrays: numbers with numbers and truths with truths, all else are objects."""
    dtypes = [array.dtype for array in arrays]
    if len({dtype.kind == "b" for dtype in dtypes}) > 1 or any(dtype.kind == "O" for dtype in dtypes):
        return np.dtype(object)
    return np.result_type(*dtypes) if dtypes else np.dtype(object)


def running_sum(values):
    """Sums of all up to each; what is missing counts as nothing and stays."""
    gone = missing(values)
    if not gone.any():
        return np.cumsum(values)
    return np.where(gone, np.nan, np.cumsum(np.where(gone, 0, values)))


def together(arrays):
    """Arrays one behind the other; empty objects do not count."""
    counted = [array for array in arrays if len(array)] or arrays[:1]
    return np.concatenate([array.astype(common(counted)) for array in counted])


def taken(values, places):
    """Values at places, where -1 is a place that there is not: NaN."""
    if values.dtype.kind in "biu" and (places < 0).any():
        values = values.astype(object if values.dtype.kind == "b" else np.float64)
    if not len(values):
        return np.full(len(places), np.nan, dtype=values.dtype if values.dtype.kind in "fO" else np.float64)
    found = values[places]
    if (places < 0).any():
        found[places < 0] = np.nan
    return found


def filled(count, value):
    """A column of one value."""
    array = np.asarray(value)
    return np.full(count, value, dtype=object if array.dtype.kind in "US" or value is None else array.dtype)


def for_reduction(values):
    """What counts in a sum or a mean: the values that are not missing."""
    known = values[~missing(values)]
    return known if known.dtype != object else _inferred(known.tolist())


# Reductions of the values that are known, by name; of none it is NaN, but for sums and products.
def _spread(kind):
    def of(values, ddof=1):
        return getattr(np, kind)(values, ddof=ddof) if len(values) > ddof else np.nan

    return of


REDUCTIONS = {
    "sum": np.sum, "prod": np.prod, "mean": np.mean, "median": np.median, "min": np.min, "max": np.max,
    "std": _spread("std"), "var": _spread("var"),
}


def reduced(name, values, **options):
    """A Python or numpy scalar, with pandas' TypeError for texts that cannot be counted."""
    known = for_reduction(values)
    if not len(known):
        return {"sum": 0, "prod": 1}.get(name, np.nan)
    if known.dtype != object:
        return REDUCTIONS[name](known, **options)
    if name in ("min", "max"):
        return getattr(builtins, name)(known.tolist())
    texts = all(isinstance(value, str) for value in known)
    if name == "sum" and texts:
        return "".join(known)
    if name in ("mean", "median") and texts:
        raise TypeError(f"Could not convert string {''.join(known)!r} to numeric")
    raise TypeError(f"could not convert string to float: {known[0]!r}")
