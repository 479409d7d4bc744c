# SPDX-License-Identifier: Apache-2.0
"""DataFrame: columns of numpy arrays with an index."""
import numpy as np

from pandas._series import Index, Series, array_of, label_places, rows_of, Labels, Places
from pandas._text import frame_text
from tapescope.standin import Lacking


class DataFrame(Lacking):
    def __init__(self, data=None, index=None, columns=None, dtype=None):
        if isinstance(data, DataFrame):
            index, data = data._index if index is None else index, data._data
        if isinstance(data, dict):
            table = {name: values for name, values in data.items() if columns is None or name in list(columns)}
        elif isinstance(data, list) and data and isinstance(data[0], dict):
            table = {name: [row.get(name, np.nan) for row in data] for row in data for name in row}
        elif data is None:
            table = {name: [] for name in columns or ()}
        else:
            array = array_of(data)
            array = array.reshape(-1, 1) if array.ndim == 1 else array
            names = range(array.shape[1]) if columns is None else columns
            table = {name: array[:, place] for place, name in enumerate(names)}
        count = max([len(values) for values in table.values() if np.ndim(values)] or [1 if table else 0])
        self.__dict__["_data"] = {name: array_of(values if np.ndim(values) else [values] * count) for name, values in table.items()}
        if dtype is not None:
            self.__dict__["_data"] = {name: values.astype(dtype) for name, values in self._data.items()}
        self.__dict__["_index"] = rows_of(index, count)

    def __getattr__(self, name):
        if not name.startswith("_") and name in self._data:
            return self[name]
        return super().__getattr__(name)

    def __setattr__(self, name, value):
        if name == "columns":
            self.__dict__["_data"] = dict(zip(value, self._data.values()))
        elif name == "index":
            self.__dict__["_index"] = array_of(value)
        elif name in self._data:
            self[name] = value
        else:
            self.__dict__[name] = value

    @property
    def columns(self):
        return Index(list(self._data))

    @property
    def index(self):
        return Index(self._index)

    @property
    def values(self):
        return np.stack(list(self._data.values()), 1) if self._data else np.empty((len(self._index), 0))

    @property
    def shape(self):
        return len(self._index), len(self._data)

    @property
    def size(self):
        return len(self._index) * len(self._data)

    @property
    def dtypes(self):
        return Series(np.array([values.dtype for values in self._data.values()], dtype=object), index=list(self._data))

    @property
    def T(self):
        return DataFrame(self.values.T, index=list(self._data), columns=self._index)

    @property
    def iloc(self):
        return Places(self)

    @property
    def loc(self):
        return Labels(self)

    def __len__(self):
        return len(self._index)

    def __iter__(self):
        return iter(self._data)

    def __contains__(self, name):
        return name in self._data

    def __array__(self, dtype=None):
        return self.values if dtype is None else self.values.astype(dtype)

    def to_numpy(self, dtype=None, copy=False):
        return self.values if dtype is None else self.values.astype(dtype)

    def _select(self, rows, names=None):
        names = list(self._data) if names is None else names
        return DataFrame({name: self._data[name][rows] for name in names}, index=self._index[rows])

    def __getitem__(self, key):
        if isinstance(key, slice):
            return self._select(key)
        if isinstance(key, (list, np.ndarray, Series, Index, DataFrame)):
            array = array_of(key)
            return self._select(array) if array.dtype == bool else self._select(slice(None), self._named(list(array)))
        self._named([key])
        return Series(self._data[key], index=self._index, name=key)

    def _named(self, names):
        for name in names:
            if name not in self._data:
                raise KeyError(name)
        return names

    def __setitem__(self, key, value):
        value = array_of(value)
        self._data[key] = np.array([value.item()] * len(self)) if value.ndim == 0 else value
        if not len(self._index):
            self.__dict__["_index"] = np.arange(len(self._data[key]))

    def __delitem__(self, key):
        del self._data[key]

    def _at_places(self, key):
        rows, names = key if isinstance(key, tuple) else (key, slice(None))
        chosen = array_of(list(self._data))[names]
        if np.ndim(chosen) == 0:
            return self[chosen]._at_places(rows)
        if np.ndim(np.arange(len(self))[rows]) == 0:
            return Series(np.array([self._data[name][rows] for name in chosen]), index=chosen, name=self._index[rows])
        return self._select(rows, list(chosen))

    def _at_labels(self, key):
        rows, names = key if isinstance(key, tuple) else (key, slice(None))
        names = names if isinstance(names, slice) and names == slice(None) else label_places(array_of(list(self._data)), names)
        return self._at_places((label_places(self._index, rows), names))

    def head(self, n=5):
        return self._select(slice(None, n))

    def tail(self, n=5):
        return self._select(slice(-n, None))

    def copy(self, deep=True):
        return DataFrame({name: values.copy() for name, values in self._data.items()}, index=self._index)

    def drop(self, labels=None, *, axis=0, index=None, columns=None, inplace=False):
        columns = labels if columns is None and axis in (1, "columns") else columns
        gone = [columns] if isinstance(columns, str) else list(columns or ())
        self._named(gone)
        rows = slice(None)
        if labels is not None and axis in (0, "index"):
            rows = ~np.isin(self._index, labels)
        kept = self._select(rows, [name for name in self._data if name not in gone])
        if inplace:
            self.__dict__.update(_data=kept._data, _index=kept._index)
            return None
        return kept

    def pop(self, name):
        column = self[name]
        del self._data[name]
        return column

    def rename(self, *, columns):
        return DataFrame({columns.get(name, name): values for name, values in self._data.items()}, index=self._index)

    def astype(self, dtype):
        wanted = dtype if isinstance(dtype, dict) else dict.fromkeys(self._data, dtype)
        return DataFrame({name: values.astype(wanted.get(name, values.dtype)) for name, values in self._data.items()},
                         index=self._index)

    def isna(self):
        return DataFrame({name: self[name].isna() for name in self._data}, index=self._index)

    isnull = isna

    def dropna(self):
        return self._select(~self.isna().values.any(1))

    def fillna(self, value):
        return DataFrame({name: self[name].fillna(value.get(name, np.nan) if isinstance(value, dict) else value)
                          for name in self._data}, index=self._index)

    def reset_index(self, drop=False):
        return DataFrame(self._data if drop else {"index": self._index, **self._data})

    def sample(self, n=None, frac=None, random_state=None):
        count = n if n is not None else 1 if frac is None else int(round(frac * len(self)))
        generator = np.random.RandomState(random_state) if isinstance(random_state, int) else random_state or np.random
        return self._select(generator.choice(len(self), size=count, replace=False))

    def sort_values(self, by, ascending=True):
        order = np.argsort(self._data[by], kind="quicksort" if ascending else "stable")
        return self._select(order if ascending else order[::-1])

    def iterrows(self):
        for place, label in enumerate(self._index.tolist()):
            yield label, self._at_places(place)

    def items(self):
        return ((name, self[name]) for name in self._data)

    def apply(self, function, axis=0):
        if axis in (1, "columns"):
            return Series(np.array([function(row) for _, row in self.iterrows()]), index=self._index)
        return Series(np.array([function(self[name]) for name in self._data]), index=list(self._data))

    def to_dict(self, orient="dict"):
        if orient == "list":
            return {name: values.tolist() for name, values in self._data.items()}
        if orient == "records":
            return [dict(zip(self._data, row)) for row in zip(*(values.tolist() for values in self._data.values()))]
        return {name: dict(zip(self._index.tolist(), values.tolist())) for name, values in self._data.items()}

    def __repr__(self):
        return frame_text(self)

    __hash__ = None


def _for_each_column(name):
    def reduce(self, axis=0, numeric_only=False):
        if axis in (1, "columns"):
            return Series(getattr(np, name)(self.values, axis=1), index=self._index)
        names = [column for column, values in self._data.items() if values.dtype.kind in "biuf" or not numeric_only]
        return Series(np.array([getattr(self[column], name)() for column in names]), index=names)

    return reduce


for _name in ("sum", "mean", "median", "min", "max", "std", "var"):
    setattr(DataFrame, _name, _for_each_column(_name))


def _frame_operator(name):
    def operate(self, other):
        def one(column, values):
            if isinstance(other, DataFrame):
                return getattr(values, name)(other._data[column])
            if isinstance(other, Series):
                return getattr(values, name)(other._at_labels(column))
            return getattr(values, name)(other)

        return DataFrame({column: one(column, values) for column, values in self._data.items()}, index=self._index)

    return operate


for _name in "add sub mul truediv pow radd rsub rmul lt le gt ge eq ne".split():
    setattr(DataFrame, f"__{_name}__", _frame_operator(f"__{_name}__"))


def concat(objs, axis=0, ignore_index=False):
    objs = list(objs)
    if axis in (1, "columns"):
        table = {}
        for part in objs:
            table.update(part._data if isinstance(part, DataFrame) else {part.name: part.values})
        return DataFrame(table, index=objs[0]._index)
    index = None if ignore_index else np.concatenate([part._index for part in objs])
    if isinstance(objs[0], Series):
        return Series(np.concatenate([part.values for part in objs]), index=index, name=objs[0].name)
    return DataFrame({name: np.concatenate([part._data[name] for part in objs]) for name in objs[0]}, index=index)


def get_dummies(data, columns=None, prefix=None, prefix_sep="_", dtype=bool):
    if isinstance(data, Series):
        return DataFrame({value: (data.values == value).astype(dtype) for value in sorted(set(data.dropna().tolist()))},
                         index=data._index)
    chosen = [name for name, values in data._data.items() if values.dtype == object] if columns is None else list(columns)
    table = {name: values for name, values in data._data.items() if name not in chosen}
    for name in chosen:
        for value in sorted(set(data[name].dropna().tolist())):
            table[f"{name}{prefix_sep}{value}"] = (data._data[name] == value).astype(dtype)
    return DataFrame(table, index=data._index)
