# SPDX-License-Identifier: Apache-2.0
"""Index: labels of rows or columns, where they are found, and how two of them are brought together."""
import numpy as np

from pandas._values import array_of, plain
from pandas.errors import IndexingError
from tapescope.standin import Lacking


class Index(Lacking):
    """Labels; `ranged` are those that a table counts its rows with."""

    def __init__(self, data=None, dtype=None, name=None, ranged=False):
        values = array_of([] if data is None else data)
        self.values = values if dtype is None else values.astype(dtype)
        self.name = name if name is not None else getattr(data, "name", None)
        self._ranged = ranged or (isinstance(data, Index) and data._ranged) or isinstance(data, range)

    @property
    def dtype(self):
        return self.values.dtype

    @property
    def shape(self):
        return self.values.shape

    @property
    def size(self):
        return self.values.size

    @property
    def is_unique(self):
        return len(set(self.values.tolist())) == len(self)

    def __iter__(self):
        return iter(self.values.tolist())

    def __len__(self):
        return len(self.values)

    def __array__(self, dtype=None):
        return self.values if dtype is None else self.values.astype(dtype)

    def __getitem__(self, key):
        key = plain(key)
        if isinstance(key, slice):
            return Index(self.values[key], name=self.name, ranged=self._ranged)
        return Index(self.values[array_of(key)], name=self.name) if np.ndim(key) else self.values[key]

    def __contains__(self, value):
        return value in self.values.tolist()

    def __eq__(self, other):
        return self.values == array_of(other)

    def __ne__(self, other):
        return self.values != array_of(other)

    __hash__ = None

    def equals(self, other):
        return len(self) == len(other) and self.tolist() == other.tolist()

    def tolist(self):
        return self.values.tolist()

    to_list = tolist

    def to_numpy(self):
        return self.values.copy()

    def get_loc(self, name):
        if name not in self:
            raise KeyError(name)
        return self.tolist().index(name)

    def difference(self, other):
        return Index(sorted(set(self.tolist()) - set(other)), name=self.name)

    def isin(self, values):
        wanted = set(plain(values))
        return np.array([label in wanted for label in self.tolist()], dtype=bool)

    def drop(self, labels):
        gone = [labels] if np.ndim(labels) == 0 else list(labels)
        self.places_or_raise(gone)
        return Index([label for label in self.tolist() if label not in gone], name=self.name)

    def places_or_raise(self, labels):
        absent = [label for label in labels if label not in self]
        if absent:
            raise KeyError(f"{absent} not found in axis")

    def places_of(self, labels):
        """Where each of `labels` stands here, -1 for none; the labels here are there once each."""
        where = {label: place for place, label in enumerate(self.tolist())}
        if len(where) != len(self):
            raise ValueError("cannot reindex on an axis with duplicate labels")
        return np.array([where.get(label, -1) for label in labels.tolist()], dtype=np.int64)

    def __repr__(self):
        named = "" if self.name is None else f", name={self.name!r}"
        if self._ranged:
            step = self.values[1] - self.values[0] if len(self) > 1 else 1
            start = self.values[0] if len(self) else 0
            return f"RangeIndex(start={start}, stop={start + step * len(self)}, step={step}{named})"
        head = f"Index({self.tolist()!r}, "
        separator = "" if len(head) < 70 else "\n      "
        return f"{head if not separator else _wrapped(self.tolist())}dtype='{self.values.dtype}'{named})"


def _wrapped(labels):
    """Rows of labels, each below the other, as wide as a terminal."""
    texts = [repr(label) for label in labels]
    width = 0 if any(isinstance(label, str) for label in labels) else max(map(len, texts))  # numbers stand below each other
    lines, line = [], "Index(["
    for text in texts:
        text = text.rjust(width) + ","
        if len(line) + len(text) + 1 > 80 and line.strip(" ["):
            lines.append(line.rstrip())
            line = " " * 7
        line += text + " "
    lines.append(line.rstrip()[:-1] + "],")
    return "\n".join(lines) + "\n      "


def rows_of(index, count):
    """An Index over so many rows."""
    if index is None:
        return Index(np.arange(count), ranged=True)
    index = Index(index)
    if len(index) != count:
        raise ValueError(f"Length of values ({count}) does not match length of index ({len(index)})")
    return index


def joined(one, other):
    """(labels, places in one, places in the other) of all labels that one or the other has, in order."""
    if one.equals(other):
        return one, None, None
    for index in (one, other):
        if not index.is_unique:
            raise NotImplementedError("tables whose rows have labels that are there twice are put together here only where "
                                      "both have the same labels; call reset_index(drop=True) on both first")
    labels = one.tolist() + [label for label in other.tolist() if label not in one]
    try:
        labels = sorted(labels)
    except TypeError:
        pass
    whole = Index(labels, name=one.name if one.name == other.name else None)
    return whole, one.places_of(whole), other.places_of(whole)


def truths(key, index):
    """An array of truths over `index` where `key` is one, in the order of its own labels if it has any; else None."""
    if not isinstance(plain(key), (list, np.ndarray)):
        return None
    mask = array_of(key)
    if mask.dtype == object and len(mask) and all(isinstance(value, bool) for value in mask):
        mask = mask.astype(bool)
    if mask.dtype != bool:
        return None
    own = getattr(key, "_index", None)
    if own is None:
        if len(mask) != len(index):
            raise IndexError(f"Boolean index has wrong length: {len(mask)} instead of {len(index)}")
        return mask
    places = None if own.equals(index) else own.places_of(index)
    if places is not None and (places < 0).any():
        raise IndexingError("Unalignable boolean Series provided as indexer (index of the boolean Series and of the indexed "
                            "object do not match).")
    return mask if places is None else mask[places]


def label_places(index, key):
    """Where the rows of a key of .loc stand: a slice, an array of places or truths, or one place."""
    labels = index.tolist()
    if isinstance(key, slice):
        first = 0 if key.start is None else _edge(index, key.start, "left")
        last = len(labels) if key.stop is None else _edge(index, key.stop, "right")
        return slice(first, last, key.step)
    mask = truths(key, index)
    if mask is not None:
        return mask
    if isinstance(plain(key), (list, np.ndarray)):
        wanted = array_of(key).tolist()
        absent = [label for label in wanted if label not in index]
        if absent and len(absent) == len(wanted):
            raise KeyError(f"None of [{Index(wanted)!r}] are in the [index]")
        if absent:
            raise KeyError(f"{absent} not in index")
        return np.array([place for label in wanted for place, own in enumerate(labels) if own == label], dtype=np.int64)
    found = [place for place, label in enumerate(labels) if label == key]
    if not found:
        raise KeyError(key)
    return found[0] if len(found) == 1 else np.array(found)


def _edge(index, label, side):
    """Where a slice from or up to a label begins or ends; of one that there is not, between those in order."""
    labels = index.tolist()
    if label in labels:
        return labels.index(label) if side == "left" else len(labels) - labels[::-1].index(label)
    if sorted(labels) != labels:
        raise KeyError(label)
    return int(np.searchsorted(index.values, label, side=side))


class Access(Lacking):
    """What df.iloc and df.loc are: rows, or rows and columns, to be read and to be set."""

    def __init__(self, whole, read, write):
        self._whole, self._read, self._write = whole, read, write

    def __getitem__(self, key):
        return getattr(self._whole, self._read)(key)

    def __setitem__(self, key, value):
        getattr(self._whole, self._write)(key, value)


def known_places(places, count):
    """Places of .iloc, with pandas' IndexError for those that there are not."""
    if isinstance(places, slice):
        return places
    array = array_of(places)
    if array.dtype == bool:
        return array
    if array.size and (array.max() >= count or array.min() < -count):
        raise IndexError("single positional indexer is out-of-bounds" if array.ndim == 0
                         else "positional indexers are out-of-bounds")
    return int(array) if array.ndim == 0 else array.astype(np.int64)

