# SPDX-License-Identifier: Apache-2.0
"""Tables that are made from a table: without rows or columns, in another order, filled, renamed, drawn from."""
import numpy as np

from pandas._index import Index, rows_of
from pandas._ordering import order_of
from pandas._series import Series
from pandas._values import array_of, keys, missing


def _listed(labels):
    return [] if labels is None else [labels] if np.ndim(labels) == 0 else list(labels)


class Changes:
    """Of a DataFrame: what makes another one from it."""

    def _replaced(self, made, inplace):
        if not inplace:
            return made
        self.__dict__.update(_data=made._data, _index=made._index, _counted=made._counted)
        return None

    def head(self, n=5):
        return self._select(slice(None, n))

    def tail(self, n=5):
        return self._select(slice(-n, None) if n else slice(0, 0))

    def copy(self, deep=True):
        return self._select(slice(None))

    def drop(self, labels=None, *, axis=0, index=None, columns=None, inplace=False):
        if labels is not None:
            columns, index = (labels, index) if axis in (1, "columns") else (columns, labels)
        names, rows = _listed(columns), _listed(index)
        Index(list(self._data)).places_or_raise(names)
        self._index.places_or_raise(rows)
        left = [name for name in self._data if name not in names]
        kept = self._select(~self._index.isin(rows) if rows else slice(None), left)
        return self._replaced(kept, inplace)

    def drop_duplicates(self, subset=None):
        names = list(self._data) if subset is None else _listed(subset)
        seen = {}
        for place, row in enumerate(zip(*(keys(self._data[name]) for name in names))):
            seen.setdefault(row, place)
        return self._select(np.array(list(seen.values()), dtype=np.int64))

    def pop(self, item):
        column = self[item]
        del self._data[item]
        return column

    def insert(self, loc, column, value):
        if column in self._data:
            raise ValueError(f"cannot insert {column}, already exists")
        parts = list(self._data.items())
        self.__dict__["_data"] = dict([*parts[:loc], (column, self._fitting(value)), *parts[loc:]])

    def assign(self, **columns):
        made = self.copy()
        for name, value in columns.items():
            made[name] = value(made) if callable(value) else value
        return made

    def rename(self, mapper=None, *, index=None, columns=None, axis=0, inplace=False):
        columns, index = (mapper, index) if mapper is not None and axis in (1, "columns") else (columns, index or mapper)
        named, labelled = (of if callable(of) or of is None else lambda name, of=of: of.get(name, name)
                           for of in (columns, index))
        made = self.copy()
        if named:
            made.columns = [named(name) for name in self._data]
        if labelled:
            made.index = Index([labelled(label) for label in self._index], name=self._index.name)
        return self._replaced(made, inplace)

    def astype(self, dtype):
        wanted = dtype if isinstance(dtype, dict) else dict.fromkeys(self._data, dtype)
        return self._made({name: self[name].astype(wanted[name]).values if name in wanted else values.copy()
                           for name, values in self._data.items()}, self._index)

    def isna(self):
        return self._made({name: missing(values) for name, values in self._data.items()}, self._index)

    isnull = isna

    def notna(self):
        return self._made({name: ~missing(values) for name, values in self._data.items()}, self._index)

    notnull = notna

    def dropna(self, *, axis=0, how="any", subset=None, inplace=False):
        gone = self.isna()[list(self._data) if subset is None else _listed(subset)].values
        out = gone.any if how == "any" else gone.all
        if axis in (1, "columns"):
            names = [name for name, bad in zip(self._data, out(0)) if not bad]
            return self._replaced(self._select(slice(None), names), inplace)
        return self._replaced(self._select(~out(1)), inplace)

    def fillna(self, value, inplace=False):
        each = value.to_dict() if isinstance(value, Series) else value if isinstance(value, dict) else None
        made = {name: self[name].fillna(value if each is None else each[name]).values if each is None or name in each
                else values.copy() for name, values in self._data.items()}
        return self._replaced(self._made(made, self._index), inplace)

    def replace(self, to_replace, value=None):
        return self._made({name: self[name].replace(to_replace, value).values for name in self._data}, self._index)

    def where(self, cond, other=np.nan):
        made = self.copy()
        for name in self._data:
            made._set(~cond[name].values, name, other)
        return made

    def round(self, decimals=0):
        return self._made({name: np.round(values, decimals) if values.dtype.kind in "iuf" else values.copy()
                           for name, values in self._data.items()}, self._index)

    def reset_index(self, drop=False, inplace=False):
        name = "index" if self._index.name is None else self._index.name
        table = {} if drop else {name: self._index.values.copy()}
        made = self._made({**table, **self.copy()._data}, rows_of(None, len(self)))
        return self._replaced(made, inplace)

    def set_index(self, keys, drop=True, inplace=False):
        (key,) = _listed(keys)
        made = self._select(slice(None), [name for name in self._data if not drop or name != key])
        made.__dict__["_index"] = Index(self[key].values, name=key)
        return self._replaced(made, inplace)

    def sample(self, n=None, frac=None, replace=False, random_state=None):
        count = n if n is not None else 1 if frac is None else int(round(frac * len(self)))
        generator = np.random.RandomState(random_state) if isinstance(random_state, int) else random_state or np.random
        return self._select(generator.choice(len(self), size=count, replace=replace))

    def sort_values(self, by, *, ascending=True, ignore_index=False, inplace=False):
        names = _listed(by)
        for name in names:
            self._named_one(name)
        rising = [ascending] * len(names) if isinstance(ascending, (bool, int)) else list(ascending)
        made = self._select(order_of([self._data[name] for name in names], rising))
        return self._replaced(made.reset_index(drop=True) if ignore_index else made, inplace)

    def sort_index(self, *, ascending=True):
        return self._select(order_of([self._index.values], [ascending]))

    def select_dtypes(self, include=None, exclude=None):
        def within(dtype, kinds):
            return any(dtype.kind in "iuf" if kind in ("number", np.number) else dtype == np.dtype(kind) for kind in _listed(kinds))

        def wanted(dtype):
            return (include is None or within(dtype, include)) and not within(dtype, exclude)

        return self._select(slice(None), [name for name, values in self._data.items() if wanted(values.dtype)])

    def iterrows(self):
        for place, label in enumerate(self._index.tolist()):
            yield label, self._at(place, list(self._data))

    def itertuples(self):
        import collections

        row = collections.namedtuple("Pandas", ["Index", *self._data], rename=True)
        return map(row, self._index.tolist(), *(values.tolist() for values in self._data.values()))

    def items(self):
        return ((name, self[name]) for name in self._data)

    def to_dict(self, orient="dict"):
        rows = [dict(zip(self._data, row)) for row in zip(*(values.tolist() for values in self._data.values()))]
        if orient == "records":
            return rows
        if orient == "index":
            return dict(zip(self._index.tolist(), rows))
        if orient not in ("dict", "list"):
            raise NotImplementedError(f"to_dict() is here with orient='dict', 'list', 'records' or 'index', not {orient!r}")
        return {name: values.tolist() if orient == "list" else dict(zip(self._index.tolist(), values.tolist()))
                for name, values in self._data.items()}

    def apply(self, func, axis=0):
        across = axis in (1, "columns")
        parts = [row for _, row in self.iterrows()] if across else [self[name] for name in self._data]
        labels = self._index if across else Index(list(self._data))
        found = [func(part) for part in parts]
        if not found or not isinstance(found[0], Series):
            return Series(array_of(found), index=labels)
        if across:
            return self._made({name: array_of([row[name] for row in found]) for name in found[0]._index}, labels)
        return self._made({name: part.values for name, part in zip(self._data, found)}, found[0]._index)

    def map(self, func):
        return self._made({name: self[name].map(func).values for name in self._data}, self._index)

    applymap = map

    def groupby(self, by, *, as_index=True, sort=True):
        from pandas._groups import FrameGroups

        return FrameGroups(self, by, as_index, sort)

    def describe(self):
        from pandas._describing import described

        return described(self)

    def info(self):
        from pandas._describing import told

        print(told(self))
