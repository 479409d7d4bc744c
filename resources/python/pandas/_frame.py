# SPDX-License-Identifier: Apache-2.0
"""DataFrame: columns of numpy arrays with an index."""
import warnings

import numpy as np

from pandas._changing import Changes
from pandas._index import Access, Index, known_places, label_places, rows_of, truths
from pandas._reducing import Reductions
from pandas._series import Series
from pandas._setting import written
from pandas._text import frame_text
from pandas._values import array_of, common, filled, objects, plain, taken
from tapescope.standin import Lacking


def _columns_of(data, columns):
    """{name: values} of what a table is made from, but for another table."""
    if data is None:
        return {name: [] for name in (() if columns is None else columns)}
    if isinstance(data, dict):
        return {name: data.get(name, np.nan) for name in columns} if columns is not None else data
    if isinstance(data, Series):
        return {0 if data.name is None else data.name: data}
    if isinstance(data, (list, tuple)) and len(data) and isinstance(data[0], dict):
        names = dict.fromkeys(name for row in data for name in row) if columns is None else columns
        return {name: [row.get(name, np.nan) for row in data] for name in names}
    if isinstance(data, (list, tuple)) and len(data) and isinstance(data[0], Series):
        return {name: [row[name] for row in data] for name in data[0]._index}
    if isinstance(data, (list, tuple)) and len(data) and isinstance(data[0], (list, tuple)):
        parts = [list(part) for part in zip(*data)]
    else:
        array = array_of(data)
        array = array.reshape(-1, 1) if array.ndim == 1 else array
        if array.ndim != 2:
            raise ValueError(f"Must pass 2-d input. shape={array.shape}")
        parts = list(array.T)
    names = list(range(len(parts)) if columns is None else columns)
    if len(names) != len(parts):
        many = f"{len(names)} columns passed, passed data had {len(parts)} columns"
        raise ValueError(f"Shape of passed values is {np.shape(data)}, indices imply ({len(data)}, {len(names)})"
                         if isinstance(data, np.ndarray) else many)
    return dict(zip(names, parts))


def _index_of(table, index):
    """The index of a table: the given one, that of its first column with one, or a count."""
    own = [values._index for values in table.values() if isinstance(values, Series)]
    if index is not None or own:
        return Index(own[0] if index is None else index)
    lengths = {len(plain(values)) for values in table.values() if np.ndim(plain(values))}
    if len(lengths) > 1:
        raise ValueError("All arrays must be of the same length")
    if table and not lengths:
        raise ValueError("If using all scalar values, you must pass an index")
    return rows_of(None, max(lengths, default=0))


class DataFrame(Changes, Reductions, Lacking):
    def __init__(self, data=None, index=None, columns=None, dtype=None):
        ranged = columns is None and not isinstance(data, (dict, DataFrame))
        if isinstance(data, DataFrame):
            labels = data._index if index is None else Index(index)
            data = {name: data[name] for name in data._data}
            index = labels
        table = _columns_of(data, columns)
        labels = _index_of(table, index)
        self.__dict__.update(_data={}, _index=labels, _columns_name=None)
        for name, values in table.items():
            self._data[name] = self._fitting(values) if dtype is None else self._fitting(values).astype(dtype)
        self.__dict__["_counted"] = ranged and list(self._data) == list(range(len(self._data)))

    def _fitting(self, value):
        """A column for this index: of a Series by its labels, of a scalar for all rows."""
        if isinstance(value, Series):
            return value._along(self._index).copy()
        if isinstance(value, DataFrame):
            value = value.values[:, 0]
        value = plain(value)
        if np.ndim(value) == 0 and not isinstance(value, dict):
            return filled(len(self._index), value if not hasattr(value, "numpy") else value.numpy())
        values = array_of(value)
        values = values[:, 0] if values.ndim == 2 and values.shape[1] == 1 else values
        if len(values) != len(self._index):
            raise ValueError(f"Length of values ({len(values)}) does not match length of index ({len(self._index)})")
        return values.copy()

    def __getattr__(self, name):
        if not name.startswith("_") and name in self._data:
            return self[name]
        return super().__getattr__(name)

    def __setattr__(self, name, value):
        if name == "columns":
            names = list(value)
            if len(names) != len(self._data):
                raise ValueError(f"Length mismatch: Expected axis has {len(self._data)} elements, new values have {len(names)} "
                                 "elements")
            self.__dict__.update(_data=dict(zip(names, self._data.values())), _counted=False)
        elif name == "index":
            self.__dict__["_index"] = rows_of(value, len(self))
        elif name in self._data:
            self[name] = value
        else:
            self.__dict__[name] = value

    @property
    def columns(self):
        return Index(list(self._data), name=self._columns_name, ranged=self._counted)

    @property
    def values(self):
        arrays = list(self._data.values())
        if not arrays:
            return np.empty((len(self._index), 0))
        dtype = common(arrays)
        return np.stack([array.astype(dtype) for array in arrays], 1)

    @property
    def dtypes(self):
        return Series(objects(values.dtype for values in self._data.values()), index=list(self._data))

    @property
    def T(self):
        return self._made(dict(zip(self._index.tolist(), self.values.copy())), Index(list(self._data)))

    index = property(lambda self: self._index)
    shape = property(lambda self: (len(self._index), len(self._data)))
    ndim = 2
    size = property(lambda self: len(self._index) * len(self._data))
    empty = property(lambda self: not self.size)
    iloc = property(lambda self: Access(self, "_at_places", "_set_places"))
    loc = property(lambda self: Access(self, "_at_labels", "_set_labels"))
    at, iat = loc, iloc

    def transpose(self):
        return self.T

    def __len__(self):
        return len(self._index)

    def __iter__(self):
        return iter(self._data)

    def __contains__(self, name):
        return name in self._data

    def __bool__(self):
        raise ValueError("The truth value of a DataFrame is ambiguous. Use a.empty, a.bool(), a.item(), a.any() or a.all().")

    def __array__(self, dtype=None):
        return self.values if dtype is None else self.values.astype(dtype)

    def to_numpy(self, dtype=None, copy=False):
        return self.values if dtype is None else self.values.astype(dtype)

    def keys(self):
        return self.columns

    @staticmethod
    def _made(table, index, named=None):
        """A table of arrays that are its own and as long as the index."""
        frame = DataFrame()
        frame.__dict__.update(_data=table, _index=index, _columns_name=named)
        return frame

    def _select(self, rows, names=None):
        names = list(self._data) if names is None else names
        made = self._made({name: self._data[name][rows].copy() for name in names}, self._index[rows], self._columns_name)
        made.__dict__["_counted"] = self._counted and list(made._data) == list(self._data)
        return made

    def __getitem__(self, key):
        if isinstance(key, slice):
            whole = all(part is None or isinstance(part, (int, np.integer)) for part in (key.start, key.stop))
            return self._select(key if whole else label_places(self._index, key))
        if isinstance(key, DataFrame):
            return self.where(key)
        if isinstance(plain(key), (list, np.ndarray)):
            mask = self._mask(key)
            return self._select(slice(None), self._named(array_of(key).tolist())) if mask is None else self._select(mask)
        self._named_one(key)
        return Series(self._data[key], index=self._index, name=key)

    def _mask(self, key):
        """Truths over the rows; None for names of columns."""
        own = getattr(key, "_index", None)
        if own is None and array_of(key).dtype == bool and len(key) != len(self):
            raise ValueError(f"Item wrong length {len(key)} instead of {len(self)}.")
        mask = truths(key, self._index if own is None else own)
        if own is None or mask is None or own.equals(self._index):
            return mask
        warnings.warn("Boolean Series key will be reindexed to match DataFrame index.", UserWarning, stacklevel=3)
        return truths(key, self._index)

    def _named_one(self, name):
        if name not in self._data:
            raise KeyError(name)

    def _named(self, names):
        absent = [name for name in names if name not in self._data]
        if absent and len(absent) == len(names):
            raise KeyError(f"None of [{Index(names)!r}] are in the [columns]")
        if absent:
            raise KeyError(f"{absent} not in index")
        return names

    def get(self, key, default=None):
        return self[key] if key in self._data else default

    def __setitem__(self, key, value):
        if isinstance(plain(key), (list, np.ndarray)):
            mask = truths(key, self._index)
            if mask is not None:
                self._set_labels(mask, value)
            else:
                for place, name in enumerate(array_of(key).tolist()):
                    self[name] = value if np.ndim(plain(value)) == 0 else np.asarray(plain(value))[:, place] \
                        if not isinstance(value, DataFrame) else value[list(value._data)[place]]
            return
        if not self._data and not len(self._index):
            self.__dict__["_index"] = _index_of({key: value}, None) if np.ndim(plain(value)) else self._index
        self._data[key] = self._fitting(value)

    def __delitem__(self, key):
        self._named_one(key)
        del self._data[key]

    def _places(self, key):
        """(rows, names) of a key of .iloc; one row or column is no list."""
        rows, names = key if isinstance(key, tuple) else (key, slice(None))
        place = known_places(plain(names), len(self._data))
        all_names = objects(self._data)
        chosen = all_names[place]
        one = np.ndim(place) == 0 and not isinstance(place, slice)
        return known_places(plain(rows), len(self)), chosen if one else list(chosen)

    def _labels(self, key):
        rows, names = key if isinstance(key, tuple) else (key, slice(None))
        if isinstance(names, slice) or truths(names, self.columns) is not None:
            names = list(objects(self._data)[label_places(self.columns, names)])
        elif isinstance(plain(names), (list, np.ndarray)):
            names = array_of(names).tolist()
        return label_places(self._index, rows), names

    def _at(self, rows, names):
        if not isinstance(names, list):
            self._named_one(names)
            return self[names]._at_places(rows)
        self._named(names)
        if np.ndim(rows) == 0 and not isinstance(rows, slice):
            row = [self._data[name] for name in names]
            dtype = common(row)
            values = np.array([values[rows] for values in row], dtype=dtype) if dtype != object else objects(
                values[rows:rows + 1 or None].tolist()[0] if values.dtype.kind != "O" else values[rows] for values in row)
            return Series(values, index=names, name=self._index[rows])
        return self._select(rows, names)

    def _at_places(self, key):
        return self._at(*self._places(key))

    def _at_labels(self, key):
        return self._at(*self._labels(key))

    def _set(self, rows, names, value):
        one = not isinstance(names, list)
        for place, name in enumerate([names] if one else names):
            part = value
            if isinstance(value, Series) and (one or np.ndim(self._index.values[rows])):
                part = value._along(self._index[rows])
            elif isinstance(value, DataFrame):
                part = value[name]._along(self._index[rows])
            elif not one and np.ndim(plain(value)):
                part = np.asarray(plain(value))[..., place]
            values = self._data.get(name)
            if values is None:
                values = np.full(len(self), np.nan, dtype=object if isinstance(value, str) else float)
            self._data[name] = written(values, rows, plain(part))

    def _set_places(self, key, value):
        self._set(*self._places(key), value)

    def _set_labels(self, key, value):
        rows = key[0] if isinstance(key, tuple) else key
        if np.ndim(plain(rows)) == 0 and not isinstance(rows, slice) and rows not in self._index:
            self._appended(rows, plain(value))
        else:
            self._set(*self._labels(key), value)

    def _appended(self, label, value):
        """A row under a label that there is not yet."""
        parts = [value] * len(self._data) if np.ndim(value) == 0 else list(value)
        if len(parts) != len(self._data):
            raise ValueError("cannot set a row with mismatched columns")
        table = {name: array_of([*values.tolist(), part]) for (name, values), part in zip(self._data.items(), parts)}
        self.__dict__.update(_data=table, _index=Index([*self._index, label], name=self._index.name))

    def _reindexed(self, index):
        if index.equals(self._index):
            return self
        places = self._index.places_of(index)
        return self._made({name: taken(values, places) for name, values in self._data.items()}, index)

    def __repr__(self):
        return frame_text(self)

    __hash__ = None
