# SPDX-License-Identifier: Apache-2.0
"""Stands in for sklearn.preprocessing: scalers and encoders."""
import numpy as np
from tapescope.standin import Lacking, lacking


def _table(x):
    x = np.asarray(x)
    if x.ndim == 1:
        raise ValueError(f"Expected 2D array, got 1D array instead:\narray={x}.\nReshape your data either using "
                         "array.reshape(-1, 1) if your data has a single feature or array.reshape(1, -1) if it contains a "
                         "single sample.")
    return x if x.dtype in (np.float32, np.float64) else x.astype(np.float64)


def _nonzero(scale):
    """What does not vary is not divided by its spread."""
    return np.where(scale < 10 * np.finfo(scale.dtype).eps, 1.0, scale)


class _Transformer(Lacking):
    def fit_transform(self, X, y=None, **options):
        return self.fit(X, y).transform(X)


class StandardScaler(_Transformer):
    def __init__(self, *, copy=True, with_mean=True, with_std=True):
        self.with_mean, self.with_std = with_mean, with_std

    def fit(self, X, y=None):
        x = _table(X)
        self.n_samples_seen_, self.n_features_in_ = x.shape
        self.mean_ = x.mean(0, dtype=np.float64) if self.with_mean else None
        self.var_ = x.var(0, dtype=np.float64) if self.with_std else None
        self.scale_ = _nonzero(np.sqrt(self.var_)) if self.with_std else None
        return self

    def transform(self, X):
        x = _table(X).copy()
        if self.with_mean:
            x -= self.mean_.astype(x.dtype)
        if self.with_std:
            x /= self.scale_.astype(x.dtype)
        return x

    def inverse_transform(self, X):
        x = _table(X).copy()
        if self.with_std:
            x *= self.scale_.astype(x.dtype)
        if self.with_mean:
            x += self.mean_.astype(x.dtype)
        return x


class MinMaxScaler(_Transformer):
    def __init__(self, feature_range=(0, 1), *, copy=True, clip=False):
        self.feature_range = feature_range
        self.clip = clip

    def fit(self, X, y=None):
        x = _table(X)
        low, high = self.feature_range
        self.data_min_, self.data_max_ = x.min(0), x.max(0)
        self.data_range_ = self.data_max_ - self.data_min_
        self.scale_ = (high - low) / _nonzero(self.data_range_)
        self.min_ = low - self.data_min_ * self.scale_
        return self

    def transform(self, X):
        x = _table(X) * self.scale_ + self.min_
        return np.clip(x, *self.feature_range) if self.clip else x

    def inverse_transform(self, X):
        return (_table(X) - self.min_) / self.scale_


class LabelEncoder(_Transformer):
    def fit(self, y, _=None):
        self.classes_ = np.unique(np.asarray(y))
        return self

    def transform(self, y):
        y = np.asarray(y)
        unseen = np.setdiff1d(y, self.classes_)
        if len(unseen):
            raise ValueError(f"y contains previously unseen labels: {unseen}")
        return np.searchsorted(self.classes_, y)

    def inverse_transform(self, y):
        return self.classes_[np.asarray(y)]


class OneHotEncoder(_Transformer):
    def __init__(self, *, categories="auto", sparse_output=True, sparse=None, dtype=np.float64, handle_unknown="error", **options):
        self.dtype, self.handle_unknown = dtype, handle_unknown
        self.sparse_output = sparse_output if sparse is None else sparse

    def fit(self, X, y=None):
        x = np.asarray(X)
        self.categories_ = [np.unique(x[:, column]) for column in range(x.shape[1])]
        return self

    def transform(self, X):
        x = np.asarray(X)
        parts = []
        for column, categories in enumerate(self.categories_):
            same = x[:, column, None] == categories
            if self.handle_unknown == "error" and not same.any(1).all():
                raise ValueError(f"Found unknown categories {list(np.setdiff1d(x[:, column], categories))} in column {column} "
                                 "during transform")
            parts.append(same)
        dense = np.concatenate(parts, 1).astype(self.dtype)
        return _Dense(dense) if self.sparse_output else dense


class _Dense(Lacking):
    """A sparse matrix that has all its numbers."""

    def __init__(self, values):
        self.shape, self._values = values.shape, values

    def toarray(self):
        return self._values

    todense = toarray


__getattr__ = lacking(globals())
