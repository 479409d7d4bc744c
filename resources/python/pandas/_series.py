# SPDX-License-Identifier: Apache-2.0
"""Series: a column with an index."""
import numpy as np

from pandas._index import Access, Index, joined, known_places, label_places, rows_of
from pandas._operators import give_operators
from pandas._setting import written
from pandas._text import series_text
from pandas._texts import StringMethods
from pandas._values import array_of, filled, keys, missing, objects, plain, reduced, running_sum, taken
from pandas.errors import IntCastingNaNError
from tapescope.standin import Lacking


class Series(Lacking):
    def __init__(self, data=None, index=None, dtype=None, name=None):
        if isinstance(data, dict):
            index, data = list(data) if index is None else index, Series(list(data.values()), index=list(data))
        if isinstance(data, Series):
            name = data.name if name is None else name
            data, index = (data.values, data._index) if index is None else (data._along(Index(index)), index)
        data = [] if data is None else data
        values = array_of(data) if np.ndim(plain(data)) else filled(1 if index is None else len(index), plain(data))
        if values.ndim != 1:
            raise ValueError(f"Data must be 1-dimensional, got ndarray of shape {values.shape} instead")
        self.values = values if dtype is None else values.astype(object if dtype is str else dtype)
        self.name = name
        self._index = rows_of(index, len(self.values))

    def _along(self, index):
        """Values by the labels of another index; what it has more is missing."""
        return self.values if index.equals(self._index) else taken(self.values, self._index.places_of(index))

    index = property(lambda self: self._index)
    shape = property(lambda self: self.values.shape)
    ndim = 1
    dtype = property(lambda self: self.values.dtype)
    size = property(lambda self: self.values.size)
    empty = property(lambda self: not self.values.size)
    str = property(StringMethods)
    iloc = property(lambda self: Access(self, "_at_places", "_set_places"))
    loc = property(lambda self: Access(self, "_at_labels", "_set_labels"))

    def __getattr__(self, name):
        if name == "str":  # it has been asked, and there are no texts
            raise AttributeError("Can only use .str accessor with string values!")
        return super().__getattr__(name)

    def __setattr__(self, name, value):
        self.__dict__["_index" if name == "index" else name] = rows_of(value, len(self)) if name == "index" else value

    def _like(self, values):
        return Series(values, index=self._index, name=self.name)

    def _each(self, operate):
        return self._like(operate(self.values))

    def __neg__(self):
        return self._each(np.negative)

    def __pos__(self):
        return self.copy()

    def __invert__(self):
        return self._each(np.invert)

    def _at_places(self, key):
        key = known_places(key, len(self))
        values = self.values[key]
        return Series(values, index=self._index[key], name=self.name) if np.ndim(key) or isinstance(key, slice) else values

    def _at_labels(self, key):
        return self._at_places(label_places(self._index, key))

    def __getitem__(self, key):
        if isinstance(key, slice) and all(part is None or isinstance(part, (int, np.integer)) for part in (key.start, key.stop)):
            return self._at_places(key)
        return self._at_labels(key)

    def _set_places(self, key, value):
        along = value._along(self._index[key]) if isinstance(value, Series) and np.ndim(self.values[key]) else plain(value)
        self.values = written(self.values, key, along)

    def _set_labels(self, key, value):
        self._set_places(label_places(self._index, key), value)

    def __setitem__(self, key, value):
        self._set_places(key, value) if isinstance(key, slice) else self._set_labels(key, value)

    def __len__(self):
        return len(self.values)

    def __iter__(self):
        return iter(self.values.tolist())

    def __contains__(self, label):
        return label in self._index

    def __array__(self, dtype=None):
        return self.values if dtype is None else self.values.astype(dtype)

    def __bool__(self):
        raise ValueError("The truth value of a Series is ambiguous. Use a.empty, a.bool(), a.item(), a.any() or a.all().")

    def to_numpy(self, dtype=None, copy=False):
        return self.values.copy() if dtype is None else self.values.astype(dtype)

    def tolist(self):
        return self.values.tolist()

    to_list = tolist

    def items(self):
        return zip(self._index.tolist(), self.values.tolist())

    def to_dict(self):
        return dict(self.items())

    def keys(self):
        return self._index

    def to_frame(self, name=None):
        from pandas._frame import DataFrame

        return DataFrame({name or (0 if self.name is None else self.name): self.values}, index=self._index)

    def head(self, n=5):
        return self._at_places(slice(None, n))

    def tail(self, n=5):
        return self._at_places(slice(-n, None) if n else slice(0, 0))

    def copy(self, deep=True):
        return self._like(self.values.copy())

    def rename(self, index=None):
        if callable(index) or isinstance(index, dict):
            labelled = index if callable(index) else lambda label: index.get(label, label)
            labels = Index([labelled(label) for label in self._index], name=self._index.name)
            return Series(self.values.copy(), index=labels, name=self.name)
        return Series(self.values.copy(), index=self._index, name=index)

    def astype(self, dtype):
        if dtype in (str, "str"):
            return self._like(objects(map(str, self.values.tolist())))
        odd = ~np.isfinite(self.values) if self.dtype.kind == "f" else missing(self.values)
        if odd.any() and np.dtype(dtype).kind in "iu":
            raise IntCastingNaNError("Cannot convert non-finite values (NA or inf) to integer")
        return self._like(self.values.astype(dtype))

    def map(self, arg, na_action=None):
        if isinstance(arg, Series):
            arg = arg.to_dict()
        ask = (lambda value: arg.get(value, np.nan)) if isinstance(arg, dict) else arg
        return self._like(array_of([value if na_action == "ignore" and value != value else ask(value)
                                    for value in self.values.tolist()]))

    def apply(self, func):
        return self.map(func)

    def replace(self, to_replace, value=None):
        if isinstance(to_replace, dict):
            pairs = to_replace
        elif isinstance(value, (list, tuple)):
            pairs = dict(zip(to_replace, value))
        else:
            pairs = dict.fromkeys([to_replace] if np.ndim(to_replace) == 0 else to_replace, value)
        return self._like(array_of([pairs.get(one, one) for one in keys(self.values)]))

    def isna(self):
        return self._like(missing(self.values))

    isnull = isna

    def notna(self):
        return ~self.isna()

    notnull = notna

    def fillna(self, value):
        gone = missing(self.values)
        along = value._along(self._index)[gone] if isinstance(value, Series) else value
        return self._like(written(self.values.copy(), gone, along)) if gone.any() else self.copy()

    def dropna(self):
        return self._at_places(~missing(self.values))

    def isin(self, values):
        wanted = set(keys(array_of(values)))
        return self._like(np.array([value in wanted for value in keys(self.values)], dtype=bool))

    def between(self, left, right):
        return (self >= left) & (self <= right)

    def unique(self):
        return array_of(list(dict.fromkeys(keys(self.values)))).astype(self.dtype)

    def nunique(self):
        return len(set(self.dropna().tolist()))

    def value_counts(self, normalize=False):
        counts = {}
        for value in self.dropna().tolist():
            counts[value] = counts.get(value, 0) + 1
        ordered = sorted(counts.items(), key=lambda pair: -pair[1])
        numbers = np.array([count for _, count in ordered], dtype=np.int64)
        return Series(numbers / numbers.sum() if normalize else numbers, name="proportion" if normalize else "count",
                      index=Index([value for value, _ in ordered], name=self.name))

    def mode(self):
        counts = self.value_counts()
        return Series(sorted(value for value, count in counts.items() if count == counts.values.max()), name=self.name)

    def count(self):
        return int((~missing(self.values)).sum())

    def quantile(self, q=0.5):
        found = np.quantile(self.dropna().values, q)
        return Series(found, index=list(q), name=self.name) if np.ndim(q) else found

    def corr(self, other):
        """Of the rows where both are known."""
        pair = np.stack([self.values.astype(float), other._along(self._index).astype(float)])
        known = pair[:, ~np.isnan(pair).any(0)]
        centred = known - known.mean(1, keepdims=True) if known.shape[1] > 1 else known * np.nan
        with np.errstate(invalid="ignore"):
            return np.clip((centred[0] * centred[1]).sum() / np.sqrt((centred ** 2).sum(1).prod()), -1.0, 1.0)

    def abs(self):
        return self._like(np.abs(self.values))

    __abs__ = abs

    def round(self, decimals=0):
        return self._like(np.round(self.values, decimals))

    def clip(self, lower=None, upper=None):
        return self._like(np.clip(self.values, lower, upper))

    def cumsum(self):
        return self._like(running_sum(self.values))

    def diff(self, periods=1):
        return self - self.shift(periods)

    def shift(self, periods=1):
        places = np.arange(len(self)) - periods
        return self._like(taken(self.values, np.where(places < len(self), np.maximum(places, -1), -1)))

    def any(self):
        return np.bool_(self.values.any())

    def all(self):
        return np.bool_(self.values.all())

    def _extreme(self, name):
        known = np.flatnonzero(~missing(self.values))
        return int(known[getattr(np, name)(self.values[known])])

    def idxmax(self):
        return self._index[self._extreme("argmax")]

    def idxmin(self):
        return self._index[self._extreme("argmin")]

    def argmax(self):
        return self._extreme("argmax")

    def argmin(self):
        return self._extreme("argmin")

    def _ordered(self, places):
        return Series(self.values[places], index=self._index[places], name=self.name)

    def sort_values(self, ascending=True):
        from pandas._ordering import order_of

        return self._ordered(order_of([self.values], [ascending]))

    def sort_index(self, ascending=True):
        from pandas._ordering import order_of

        return self._ordered(order_of([self._index.values], [ascending]))

    def drop(self, labels):
        return self._at_labels(self._index.drop(labels).tolist())

    def reset_index(self, drop=False):
        if drop:
            return Series(self.values.copy(), name=self.name)
        return self.to_frame().reset_index()

    def describe(self):
        from pandas._describing import described

        return described(self)

    def groupby(self, by):
        from pandas._groups import SeriesGroups

        return SeriesGroups(self, by)

    def _together(self, other, operate, compares=False):
        """With another column by the labels of both."""
        if not isinstance(other, Series):
            return self._like(operate(self.values, _beside(other, len(self))))
        if compares and not self._index.equals(other._index):
            raise ValueError("Can only compare identically-labeled Series objects")
        index, own, others = joined(self._index, other._index)
        name = self.name if self.name == other.name else None
        pair = (self.values, other.values) if own is None else (taken(self.values, own), taken(other.values, others))
        return Series(operate(*pair), index=index, name=name)

    def __repr__(self):
        return series_text(self)

    __hash__ = None


def _beside(other, count):
    """The other operand where it is no column, as numpy takes it."""
    other = plain(other)
    if isinstance(other, (list, tuple)):
        other = array_of(other)
    if isinstance(other, np.ndarray) and other.ndim == 1 and len(other) != count:
        raise ValueError(f"operands could not be broadcast together with shapes ({count},) ({len(other)},) ")
    return other


def _reduction(name):
    def reduce(self, axis=0, skipna=True, numeric_only=False, **options):
        if not skipna and missing(self.values).any():
            return np.nan
        return reduced(name, self.values, **options)

    reduce.__name__ = name
    return reduce


for _name in ("sum", "prod", "mean", "median", "min", "max", "std", "var"):
    setattr(Series, _name, _reduction(_name))
give_operators(Series)
