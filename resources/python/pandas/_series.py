# SPDX-License-Identifier: Apache-2.0
"""Series: a column with an index."""
import numpy as np

from pandas._text import series_text
from tapescope.standin import Lacking


def array_of(values):
    values = values.values if isinstance(values, (Series, Index)) else values
    array = np.asarray(values)
    return array.astype(object) if array.dtype.kind in "US" else array


class Index(Lacking):
    """Names of rows or columns."""

    def __init__(self, values, name=None):
        self.values = array_of(list(values) if not isinstance(values, np.ndarray) else values)
        self.name = name

    def __iter__(self):
        return iter(self.values.tolist())

    def __len__(self):
        return len(self.values)

    def __getitem__(self, key):
        return Index(self.values[key]) if isinstance(key, (slice, list, np.ndarray)) else self.values[key]

    def __contains__(self, value):
        return value in self.values.tolist()

    def __eq__(self, other):
        return self.values == array_of(other)

    def tolist(self):
        return self.values.tolist()

    to_list = tolist

    def get_loc(self, name):
        return self.values.tolist().index(name)

    def __repr__(self):
        return f"Index({self.values.tolist()!r}, dtype='{'object' if self.values.dtype == object else self.values.dtype}')"


def rows_of(index, count):
    return np.arange(count) if index is None else array_of(index)


class Places(Lacking):
    """df.iloc[...]."""

    def __init__(self, frame):
        self._frame = frame

    def __getitem__(self, key):
        return self._frame._at_places(key)


class Labels(Lacking):
    """df.loc[...]."""

    def __init__(self, frame):
        self._frame = frame

    def __getitem__(self, key):
        return self._frame._at_labels(key)


def label_places(index, key):
    labels = index.tolist()
    if isinstance(key, slice):
        first = 0 if key.start is None else labels.index(key.start)
        last = len(labels) if key.stop is None else labels.index(key.stop) + 1
        return slice(first, last, key.step)
    if isinstance(key, (list, np.ndarray, Series, Index)):
        array = array_of(key)
        return array if array.dtype == bool else [labels.index(label) for label in array.tolist()]
    return labels.index(key)


class Series(Lacking):
    _index_name = None

    def __init__(self, data=None, index=None, dtype=None, name=None):
        if isinstance(data, dict):
            index, data = list(data), list(data.values())
        self.values = array_of(data if np.ndim(data) else [data]) if dtype is None else array_of(data).astype(dtype)
        self.name = name
        self._index = rows_of(data._index if isinstance(data, Series) and index is None else index, len(self.values))

    @property
    def index(self):
        return Index(self._index)

    @property
    def shape(self):
        return self.values.shape

    @property
    def dtype(self):
        return self.values.dtype

    @property
    def size(self):
        return self.values.size

    @property
    def iloc(self):
        return Places(self)

    @property
    def loc(self):
        return Labels(self)

    def _like(self, values):
        return Series(values, index=self._index, name=self.name)

    def _at_places(self, key):
        values = self.values[array_of(key) if isinstance(key, (list, Series)) else key]
        return Series(values, index=self._index[key], name=self.name) if np.ndim(values) else values

    def _at_labels(self, key):
        return self._at_places(label_places(self._index, key))

    def __getitem__(self, key):
        if isinstance(key, slice):
            return self._at_places(key)
        return self._at_labels(key)

    def __len__(self):
        return len(self.values)

    def __iter__(self):
        return iter(self.values.tolist())

    def __array__(self, dtype=None):
        return self.values if dtype is None else self.values.astype(dtype)

    def to_numpy(self, dtype=None, copy=False):
        return self.values.copy() if dtype is None else self.values.astype(dtype)

    def tolist(self):
        return self.values.tolist()

    to_list = tolist

    def head(self, n=5):
        return self._at_places(slice(None, n))

    def tail(self, n=5):
        return self._at_places(slice(-n, None))

    def copy(self, deep=True):
        return self._like(self.values.copy())

    def astype(self, dtype):
        return self._like(self.values.astype(dtype))

    def map(self, function):
        known = function.get if isinstance(function, dict) else function
        return self._like(np.array([known(value) for value in self.values.tolist()]))

    apply = map

    def isna(self):
        return self._like(np.array([value is None or value != value for value in self.values.tolist()], dtype=bool))

    isnull = isna

    def notna(self):
        return ~self.isna()

    def fillna(self, value):
        return self._like(np.where(self.isna().values, value, self.values))

    def dropna(self):
        return self._at_places(~self.isna().values)

    def isin(self, values):
        return self._like(np.isin(self.values, list(values)))

    def unique(self):
        return array_of(list(dict.fromkeys(self.values.tolist())))

    def nunique(self):
        return len(set(self.dropna().tolist()))

    def value_counts(self):
        counts = {}
        for value in self.dropna().tolist():
            counts[value] = counts.get(value, 0) + 1
        ordered = sorted(counts.items(), key=lambda pair: -pair[1])
        counted = Series([count for _, count in ordered], index=[value for value, _ in ordered], name="count")
        counted._index_name = self.name
        return counted

    def _known(self):
        return self.dropna().values

    def sum(self):
        return self._known().sum()

    def mean(self):
        return self._known().mean()

    def median(self):
        return np.median(self._known())

    def min(self):
        return self._known().min()

    def max(self):
        return self._known().max()

    def std(self, ddof=1):
        return self._known().std(ddof=ddof)

    def var(self, ddof=1):
        return self._known().var(ddof=ddof)

    def abs(self):
        return self._like(np.abs(self.values))

    def any(self):
        return bool(self.values.any())

    def all(self):
        return bool(self.values.all())

    def reset_index(self, drop=False):
        return Series(self.values, name=self.name)

    def __repr__(self):
        return series_text(self)

    __hash__ = None


def _operator(name):
    def operate(self, other):
        return self._like(getattr(self.values, name)(array_of(other) if isinstance(other, (Series, list)) else other))

    return operate


for _name in ("add sub mul truediv floordiv mod pow radd rsub rmul rtruediv rpow lt le gt ge eq ne and or xor").split():
    setattr(Series, f"__{_name}__", _operator(f"__{_name}__"))
for _name in ("neg", "invert"):
    setattr(Series, f"__{_name}__", lambda self, name=f"__{_name}__": self._like(getattr(self.values, name)()))
