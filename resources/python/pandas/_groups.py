# SPDX-License-Identifier: Apache-2.0
"""Groups of rows with the same value in one column."""
import numpy as np

from pandas._frame import DataFrame
from pandas._index import Index
from pandas._ordering import sorted_values
from pandas._series import Series
from pandas._values import array_of
from tapescope.standin import Lacking

_COUNTED = ("sum", "prod", "mean", "median", "min", "max", "std", "var", "count", "nunique", "first", "last")


def _counted(column, name):
    if name in ("first", "last"):
        known = column.dropna()
        return known.iloc[0 if name == "first" else -1] if len(known) else np.nan
    return getattr(column, name)()


class _Groups(Lacking):
    """Places of the rows of each value; values that are missing are in none."""

    def _take(self, keys, name, sort=True):
        values = keys.tolist()
        labels = sorted_values(keys) if sort else list(dict.fromkeys(values))
        places = {label: [] for label in labels}
        for place, value in enumerate(values):
            if value in places:
                places[value].append(place)
        self._places = {label: np.array(rows) for label, rows in places.items()}
        self._labels = Index(labels, name=name)

    def __len__(self):
        return len(self._places)

    ngroups = property(__len__)

    def size(self):
        return Series([len(rows) for rows in self._places.values()], index=self._labels)

    def _of_column(self, column, how):
        parts = [column._at_places(rows) for rows in self._places.values()]
        return array_of([how(part) if callable(how) else _counted(part, how) for part in parts])


class SeriesGroups(_Groups):
    def __init__(self, column, by):
        self._column = column
        if isinstance(by, _Groups):
            self._places, self._labels = by._places, by._labels
        else:
            by = by if isinstance(by, Series) else Series(by, index=column._index)
            self._take(by._along(column._index), by.name)

    def __iter__(self):
        return ((label, self._column._at_places(rows)) for label, rows in self._places.items())

    def agg(self, func):
        if isinstance(func, (list, tuple)):
            return DataFrame._made({how: self._of_column(self._column, how) for how in func}, self._labels)
        return Series(self._of_column(self._column, func), index=self._labels, name=self._column.name)

    aggregate = agg

    def apply(self, func):
        found = [func(part) for _, part in self]
        if found and isinstance(found[0], (Series, DataFrame)):
            raise NotImplementedError("apply() of groups is here for functions that return one value for a group")
        return Series(array_of(found), index=self._labels, name=self._column.name)

    def transform(self, func):
        made = np.empty(len(self._column), dtype=object)
        for rows in self._places.values():
            part = self._column._at_places(rows)
            found = func(part) if callable(func) else _counted(part, func)
            made[rows] = found.values if isinstance(found, Series) else found
        return self._column._like(array_of(made.tolist()))


class FrameGroups(_Groups):
    def __init__(self, frame, by, as_index, sort, names=None):
        if isinstance(by, (list, tuple)):
            if len(by) != 1:
                raise NotImplementedError("groupby() is here by one column; put the columns together in one of texts first")
            (by,) = by
        self._given = by, as_index, sort
        self._frame, self._as_index = frame, as_index
        keys = by._along(frame._index) if isinstance(by, Series) else frame[by].values
        self._take(keys, by.name if isinstance(by, Series) else by, sort)
        self._names = [name for name in frame._data if isinstance(by, Series) or name != by] if names is None else names

    def __iter__(self):
        return ((label, self._frame._select(rows)) for label, rows in self._places.items())

    def get_group(self, name):
        return self._frame._select(self._places[name])

    def __getitem__(self, key):
        if isinstance(key, list):
            self._frame._named(key)
            return FrameGroups(self._frame, *self._given, names=key)
        return SeriesGroups(self._frame[key], self)

    def __getattr__(self, name):
        if not name.startswith("_") and name in self._frame:
            return self[name]
        return super().__getattr__(name)

    def agg(self, func):
        each = func if isinstance(func, dict) else dict.fromkeys(self._names, func)
        if any(isinstance(how, (list, tuple)) for how in each.values()):
            raise NotImplementedError("agg() of more than one function is here for one column: "
                                      "df.groupby(...)[column].agg([...])")
        made = DataFrame._made({name: self._of_column(self._frame[name], how) for name, how in each.items()}, self._labels)
        return made if self._as_index else made.reset_index()

    aggregate = agg

    def apply(self, func):
        found = [func(part) for _, part in self]
        if found and isinstance(found[0], (Series, DataFrame)):
            raise NotImplementedError("apply() of groups is here for functions that return one value for a group")
        return Series(array_of(found), index=self._labels)


def _counting(name):
    def of_column(self, **options):
        return self.agg(name)

    def of_frame(self, numeric_only=False, **options):
        if not numeric_only:
            return self.agg(name)
        chosen = [one for one in self._names if self._frame._data[one].dtype.kind in "biuf"]
        return self[chosen].agg(name)

    return of_column, of_frame


for _name in _COUNTED:
    for _cls, _method in zip((SeriesGroups, FrameGroups), _counting(_name)):
        setattr(_cls, _name, _method)

