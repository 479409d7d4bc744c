# SPDX-License-Identifier: Apache-2.0
"""Tables that are counted and reckoned with: reductions along both axes, and operators that go by labels."""
import numpy as np

from pandas._index import Index, joined
from pandas._operators import give_operators
from pandas._series import Series
from pandas._values import array_of, plain, running_sum, taken


def _numbers(values):
    return values.dtype.kind in "biuf"


class Reductions:
    """Of a DataFrame: what becomes a Series by columns or by rows, and its operators."""

    def _by(self, axis, count, numeric_only=False):
        """What `count(values)` says of each column, or of each row."""
        chosen = {name: values for name, values in self._data.items() if _numbers(values) or not numeric_only}
        if axis in (1, "columns"):
            rows = self._select(slice(None), list(chosen)).values
            return Series(array_of([count(row) for row in rows]), index=self._index)
        return Series(array_of([count(values) for values in chosen.values()]), index=list(chosen))

    def count(self, axis=0):
        return self._by(axis, lambda values: Series(values).count())

    def nunique(self):
        return self._by(0, lambda values: Series(values).nunique())

    def any(self, axis=0):
        return self._by(axis, lambda values: bool(values.any()))

    def all(self, axis=0):
        return self._by(axis, lambda values: bool(values.all()))

    def idxmax(self, axis=0):
        labels = self.columns if axis in (1, "columns") else self._index
        return self._by(axis, lambda values: Series(values, index=labels).idxmax())

    def idxmin(self, axis=0):
        labels = self.columns if axis in (1, "columns") else self._index
        return self._by(axis, lambda values: Series(values, index=labels).idxmin())

    def quantile(self, q=0.5):
        if np.ndim(q):
            return self._made({name: self[name].quantile(q).values for name in self._data}, Index(list(q)))
        found = self._by(0, lambda values: Series(values).quantile(q))
        found.name = q
        return found

    def corr(self, numeric_only=False):
        chosen = self._select(slice(None), [name for name in self._data if _numbers(self._data[name]) or not numeric_only])
        chosen = chosen.astype(float)
        names = list(chosen._data)
        matrix = {name: np.array([chosen[name].corr(chosen[other]) for other in names]) for name in names}
        return self._made(matrix, Index(names))

    def abs(self):
        return self._each(np.abs)

    def clip(self, lower=None, upper=None):
        return self._each(lambda values: np.clip(values, lower, upper))

    def cumsum(self):
        return self._each(running_sum)

    def _each(self, operate):
        made = self._made({name: operate(values) for name, values in self._data.items()}, self._index)
        made.__dict__["_counted"] = self._counted
        return made

    def __neg__(self):
        return self._each(np.negative)

    def __invert__(self):
        return self._each(np.invert)

    __abs__ = abs

    def _together(self, other, operate, compares=False):
        """With another table by rows and columns, with a Series by columns, with anything else as numpy does it."""
        if isinstance(other, Series):
            return self._with_row(other, operate)
        if isinstance(other, Reductions):
            return self._with_table(other, operate, compares)
        other = plain(other)
        other = array_of(other) if isinstance(other, (list, tuple)) else other
        if np.ndim(other) == 0:
            return self._each(lambda values: operate(values, other))
        if np.ndim(other) == 1 and len(other) != len(self._data):
            raise ValueError(f"Unable to coerce to Series, length must be {len(self._data)}: given {len(other)}")
        whole = np.broadcast_to(other, self.shape)
        return self._made({name: operate(values, whole[:, place]) for place, (name, values) in enumerate(self._data.items())},
                          self._index)

    def _with_row(self, row, operate):
        names, own, others = joined(self.columns, row._index)
        table, absent = {}, np.full(len(self), np.nan)
        for place, name in enumerate(names.tolist()):
            left = self._data[name] if own is None or own[place] >= 0 else absent
            source = place if others is None else others[place]
            right = row.values[source] if source >= 0 else np.nan
            table[name] = operate(left, right)
        return self._made(table, self._index)

    def _with_table(self, other, operate, compares):
        names, *_ = joined(self.columns, other.columns)
        index, own, others = joined(self._index, other._index)
        if compares and not (self.columns.equals(other.columns) and own is None):
            raise ValueError("Can only compare identically-labeled (both index and columns) DataFrame objects")

        def column(frame, name, places):
            values = frame._data.get(name, np.full(len(frame), np.nan))
            return values if places is None else taken(values, places)

        return self._made({name: operate(column(self, name, own), column(other, name, others)) for name in names.tolist()},
                          index)


def _reduction(name):
    def reduce(self, axis=0, skipna=True, numeric_only=False, **options):
        texts = [each for each in self._data.values() if each.dtype == object and name in ("mean", "median")]
        if texts and axis in (0, "index") and not numeric_only and all(isinstance(value, str) for value in texts[0]):
            raise TypeError(f"Could not convert {[''.join(each) for each in texts if isinstance(each[0], str)]} to numeric")
        return self._by(axis, lambda values: getattr(Series(values), name)(skipna=skipna, **options), numeric_only)

    reduce.__name__ = name
    return reduce


for _name in ("sum", "prod", "mean", "median", "min", "max", "std", "var"):
    setattr(Reductions, _name, _reduction(_name))
give_operators(Reductions)
