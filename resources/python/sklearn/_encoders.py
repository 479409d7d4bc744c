# SPDX-License-Identifier: Apache-2.0
"""Encoders: labels and categories as numbers."""
import warnings

import numpy as np
from sklearn._transformers import Transformer, table_of
from sklearn.exceptions import DataConversionWarning
from tapescope.standin import Lacking


def _column(values):
    """Values of one column, each with its own type."""
    values = np.asarray(values)
    return np.array(values.tolist()) if values.dtype == object and len({type(one) for one in values.tolist()}) == 1 \
        and not isinstance(values[0], str) else values


def _labels(y):
    """One label in each row; sklearn takes a column for one, and says so."""
    y = np.asarray(y)
    if y.ndim < 2:
        return y
    if y.ndim > 2 or y.shape[1] != 1:
        raise ValueError(f"y should be a 1d array, got an array of shape {y.shape} instead.")
    warnings.warn("A column-vector y was passed when a 1d array was expected. Please change the shape of y to (n_samples, ), for "
                  "example using ravel().", DataConversionWarning, stacklevel=3)
    return y.ravel()


_NAN = object()  # stands for what is no number, which equals nothing


def _key(value):
    return value if value == value else _NAN


def _distinct(values):
    """In order; of objects, what is missing comes last."""
    if values.dtype != object:
        return np.unique(values)
    known = {_key(value) for value in values.tolist()}
    missing = [value for key, value in ((None, None), (_NAN, np.nan)) if key in known]
    return np.array(sorted(known - {None, _NAN}) + missing, dtype=object)


class LabelEncoder(Transformer):
    def fit(self, y, _=None):
        self.classes_ = _distinct(_labels(y))
        return self

    def fit_transform(self, y):
        y = _labels(y)
        return self.fit(y).transform(y)

    def transform(self, y):
        self._fitted()
        y = _labels(y)
        known = {_key(value): number for number, value in enumerate(self.classes_.tolist())}
        unseen = [value for value in y.tolist() if _key(value) not in known]
        if unseen:
            texts = y.dtype.kind in "OUS"
            shown = repr(y.dtype.type(unseen[0]) if y.dtype.kind in "US" else unseen[0]) if texts else sorted(set(unseen))
            raise ValueError(f"y contains previously unseen labels: {shown}")
        return np.array([known[_key(value)] for value in y.tolist()], dtype=np.int64)

    def inverse_transform(self, y):
        self._fitted()
        y = _labels(y)
        unseen = np.setdiff1d(y, np.arange(len(self.classes_)))
        if len(unseen):
            raise ValueError(f"y contains previously unseen labels: {unseen}")
        return self.classes_[y]


class _Categories(Transformer):
    """Categories by column, seen or given."""

    def _columns(self, X):
        if hasattr(X, "columns") and hasattr(X, "iloc"):
            return [np.asarray(X[name]) for name in X]
        x = table_of(X, numbers=False)
        x = np.array(X, dtype=object) if x.dtype.kind in "US" else x
        return [_column(x[:, place]) for place in range(x.shape[1])]

    def fit(self, X, y=None):
        columns = self._columns(X)
        if not isinstance(self.categories, str) and len(self.categories) != len(columns):
            raise ValueError("Shape mismatch: if categories is an array, it has to be of shape (n_features,).")
        self.categories_ = [self._of_column(place, column) for place, column in enumerate(columns)]
        self.n_features_in_ = len(columns)
        return self

    def _of_column(self, place, column):
        if isinstance(self.categories, str):
            return _distinct(column)
        given = np.array(self.categories[place], dtype=object if column.dtype.kind in "US" else column.dtype)
        if column.dtype.kind not in "OUS" and np.any(np.sort(given) != given):
            raise ValueError("Unsorted categories are not supported for numerical categories")
        unseen = [value for value in sorted(set(column.tolist())) if value not in given.tolist()]
        if unseen and self.handle_unknown == "error":
            raise ValueError(f"Found unknown categories {unseen} in column {place} during fit")
        return given

    def _numbered(self, X):
        """The place of each value among the categories, -1 where it is none of them."""
        self._fitted()
        columns = self._columns(X)
        if len(columns) != self.n_features_in_:
            raise self._other_width(len(columns))
        numbers = []
        for place, (column, categories) in enumerate(zip(columns, self.categories_)):
            known = {_key(value): number for number, value in enumerate(categories.tolist())}
            unseen = sorted({value for value in column.tolist() if _key(value) not in known})
            if unseen and self.handle_unknown == "error":
                raise ValueError(f"Found unknown categories {unseen} in column {place} during transform")
            numbers.append(np.array([known.get(_key(value), -1) for value in column.tolist()], dtype=np.int64))
        return numbers


class OneHotEncoder(_Categories):
    def __init__(self, *, categories="auto", drop=None, sparse_output=True, dtype=np.float64, handle_unknown="error",
                 min_frequency=None, max_categories=None, feature_name_combiner="concat"):
        if min_frequency is not None or max_categories is not None or feature_name_combiner != "concat":
            raise NotImplementedError("OneHotEncoder() is here without min_frequency, max_categories and feature_name_combiner; "
                                      "leave them out")
        if drop not in (None, "first", "if_binary"):
            raise NotImplementedError("OneHotEncoder(drop=...) is here for None, 'first' and 'if_binary'")
        self.categories, self.drop, self.dtype, self.handle_unknown = categories, drop, dtype, handle_unknown
        self.sparse_output, self.min_frequency, self.max_categories = sparse_output, min_frequency, max_categories
        self.feature_name_combiner = feature_name_combiner

    def _first(self, categories):
        """How many categories of a column have no column of their own: the first, or none."""
        return int(self.drop == "first" or (self.drop == "if_binary" and len(categories) == 2))

    def transform(self, X):
        parts = [(numbers[:, None] == np.arange(len(categories)))[:, self._first(categories):]
                 for numbers, categories in zip(self._numbered(X), self.categories_)]
        dense = np.concatenate(parts, 1).astype(self.dtype)
        return Dense(dense) if self.sparse_output else dense

    def inverse_transform(self, X):
        self._fitted()
        x, columns = X.toarray() if isinstance(X, Dense) else np.asarray(X), []
        for categories in self.categories_:
            first = self._first(categories)
            part, x = x[:, :len(categories) - first], x[:, len(categories) - first:]
            whole = np.concatenate([part.sum(1, keepdims=True) == 0, part], 1) if first else part
            columns.append(categories[whole.argmax(1)])
        return np.stack([column.astype(np.result_type(*self.categories_)) for column in columns], 1)

    def get_feature_names_out(self, input_features=None):
        names = [f"x{place}" for place in range(self.n_features_in_)] if input_features is None else list(input_features)
        return np.array([f"{name}_{value}" for name, categories in zip(names, self.categories_)
                         for value in categories[self._first(categories):]], dtype=object)


class OrdinalEncoder(_Categories):
    def __init__(self, *, categories="auto", dtype=np.float64, handle_unknown="error", unknown_value=None):
        self.categories, self.dtype = categories, dtype
        self.handle_unknown, self.unknown_value = handle_unknown, unknown_value

    def transform(self, X):
        numbers = np.stack(self._numbered(X), 1).astype(self.dtype)
        if self.handle_unknown != "error":
            numbers[numbers < 0] = self.unknown_value
        return numbers


class Dense(Lacking):
    """A sparse matrix that has all its numbers."""

    def __init__(self, values):
        self.shape, self._values = values.shape, values

    def toarray(self):
        return self._values

    todense = toarray
