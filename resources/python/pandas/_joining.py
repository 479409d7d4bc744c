# SPDX-License-Identifier: Apache-2.0
"""Tables put together by concat, and columns of truths for each of some values."""
import numpy as np

from pandas._frame import DataFrame
from pandas._index import Index, rows_of
from pandas._ordering import sorted_values
from pandas._series import Series
from pandas._values import taken, together


def concat(objs, *, axis=0, join="outer", ignore_index=False):
    objs = [part for part in (objs.values() if isinstance(objs, dict) else objs) if part is not None]
    if not objs:
        raise ValueError("No objects to concatenate")
    if axis in (1, "columns"):
        return _beside(objs, ignore_index)
    index = rows_of(None, sum(map(len, objs))) if ignore_index else Index(together([part._index.values for part in objs]))
    if all(isinstance(part, Series) for part in objs):
        names = {part.name for part in objs}
        return Series(together([part.values for part in objs]), index=index, name=names.pop() if len(names) == 1 else None)
    frames = [part.to_frame() if isinstance(part, Series) else part for part in objs]
    names = list(dict.fromkeys(name for part in frames for name in part))
    if join == "inner":
        names = [name for name in names if all(name in part for part in frames)]

    def column(part, name):
        return part._data[name] if name in part else taken(np.zeros(1), np.full(len(part), -1))

    return DataFrame._made({name: together([column(part, name) for part in frames]) for name in names}, index)


def _beside(objs, ignore_index):
    index = objs[0]._index
    if not all(part._index.equals(index) for part in objs):
        labels = list(dict.fromkeys(label for part in objs for label in part._index))
        index = Index(sorted(labels) if all(isinstance(label, int) for label in labels) else labels)
    table, unnamed = {}, 0
    for part in objs:
        if isinstance(part, Series):
            name, unnamed = (unnamed, unnamed + 1) if part.name is None else (part.name, unnamed)
            part = part.to_frame(name) if name != 0 else DataFrame({0: part})
        columns = part._reindexed(index)._data
        again = [name for name in columns if name in table]
        if again and not ignore_index:
            raise NotImplementedError(f"two columns are called {again[0]!r}; tables here have each name once, so rename "
                                      "one first")
        table.update({len(table) + place if ignore_index else name: values
                      for place, (name, values) in enumerate(columns.items())})
    return DataFrame._made({name: values.copy() for name, values in table.items()}, index)


def _prefixes(given, names, otherwise):
    """One prefix for each column."""
    if given is None or isinstance(given, str):
        return [name if given is None else given for name in names]
    if isinstance(given, dict):
        return [given[name] for name in names]
    if len(given) != len(names):
        raise ValueError(f"Length of '{otherwise}' ({len(given)}) did not match the length of the columns being encoded "
                         f"({len(names)}).")
    return list(given)


def get_dummies(data, prefix=None, prefix_sep="_", dummy_na=False, columns=None, sparse=False, drop_first=False, dtype=None):
    if dummy_na or sparse:
        raise NotImplementedError("get_dummies() is here without dummy_na and sparse; leave them out")
    dtype = bool if dtype is None else dtype

    def truths(values):
        return [(value, (values == value).astype(dtype)) for value in sorted_values(values)[drop_first:]]

    if not isinstance(data, DataFrame):
        data = Series(data)
        head = "" if prefix is None else f"{prefix}{prefix_sep}"
        return DataFrame._made({f"{head}{value}" if head else value: row for value, row in truths(data.values)}, data._index)
    chosen = [name for name, values in data._data.items() if values.dtype == object] if columns is None else list(columns)
    data._named(chosen)
    table = {name: values.copy() for name, values in data._data.items() if name not in chosen}
    for name, head in zip(chosen, _prefixes(prefix, chosen, "prefix")):
        table.update({f"{head}{prefix_sep}{value}": row for value, row in truths(data._data[name])})
    return DataFrame._made(table, data._index)
