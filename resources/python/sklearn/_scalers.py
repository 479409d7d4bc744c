# SPDX-License-Identifier: Apache-2.0
"""Scalers: columns of numbers brought to a mean of 0, or to a range. What is missing does not count, and stays."""
import warnings

import numpy as np
from sklearn._transformers import Transformer, table_of


def _nonzero(scale, constant=None):
    """What does not vary is not divided by its spread."""
    return np.where(scale < 10 * np.finfo(scale.dtype).eps if constant is None else constant, 1.0, scale).astype(scale.dtype)


def _mean_and_variance(x):
    """By two passes in float64, with the correction for the mean's own rounding: (mean, variance, count) by column."""
    count = (~np.isnan(x)).sum(0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(x, axis=0, dtype=np.float64) / count
        centred = x - mean
        total = np.nansum(centred, axis=0, dtype=np.float64)
        return mean, (np.nansum(centred ** 2, axis=0, dtype=np.float64) - total ** 2 / count) / count, count


class StandardScaler(Transformer):
    def __init__(self, *, copy=True, with_mean=True, with_std=True):
        self.copy, self.with_mean, self.with_std = copy, with_mean, with_std

    def fit(self, X, y=None):
        x = table_of(X)
        mean, variance, count = _mean_and_variance(x)
        self.n_features_in_ = x.shape[1]
        self.n_samples_seen_ = count.astype(float) if count.max() != count.min() else float(count[0])
        self.mean_ = mean if self.with_mean or self.with_std else None
        self.var_ = variance if self.with_std else None
        # Constant but for rounding: the bound of the error of a variance by two passes (Chan, Golub, LeVeque, 1983).
        eps = np.finfo(np.float64).eps
        constant = variance <= count * eps * variance + (count * mean * eps) ** 2
        self.scale_ = _nonzero(np.sqrt(variance), constant) if self.with_std else None
        return self

    def transform(self, X, copy=None):
        x = table_of(X).copy()
        self._fitted(x)
        if self.with_mean:
            x -= self.mean_.astype(x.dtype)
        if self.with_std:
            x /= self.scale_.astype(x.dtype)
        return x

    def inverse_transform(self, X, copy=None):
        self._fitted()
        x = table_of(X).copy()
        if self.with_std:
            x *= self.scale_.astype(x.dtype)
        if self.with_mean:
            x += self.mean_.astype(x.dtype)
        return x


def _ignoring(reduce, x):
    """nanmin and nanmax, that say nothing of columns without a number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return reduce(x, axis=0)


class MinMaxScaler(Transformer):
    def __init__(self, feature_range=(0, 1), *, copy=True, clip=False):
        self.feature_range, self.copy, self.clip = feature_range, copy, clip

    def fit(self, X, y=None):
        low, high = self.feature_range
        if low >= high:
            raise ValueError(f"Minimum of desired feature range must be smaller than maximum. Got {self.feature_range}.")
        x = table_of(X)
        self.n_samples_seen_, self.n_features_in_ = x.shape
        self.data_min_, self.data_max_ = _ignoring(np.nanmin, x), _ignoring(np.nanmax, x)
        self.data_range_ = self.data_max_ - self.data_min_
        self.scale_ = (high - low) / _nonzero(self.data_range_)
        self.min_ = low - self.data_min_ * self.scale_
        return self

    def transform(self, X):
        x = table_of(X)
        x = self._fitted(x) * self.scale_ + self.min_
        return np.clip(x, *self.feature_range) if self.clip else x

    def inverse_transform(self, X):
        self._fitted()
        return (table_of(X) - self.min_) / self.scale_


class RobustScaler(Transformer):
    def __init__(self, *, with_centering=True, with_scaling=True, quantile_range=(25.0, 75.0), copy=True, unit_variance=False):
        if unit_variance:
            raise NotImplementedError("RobustScaler() is here without unit_variance; leave it out")
        self.with_centering, self.with_scaling, self.quantile_range = with_centering, with_scaling, quantile_range
        self.copy, self.unit_variance = copy, unit_variance

    def fit(self, X, y=None):
        x = table_of(X)
        self.n_features_in_ = x.shape[1]
        self.center_ = _ignoring(np.nanmedian, x) if self.with_centering else None
        low, high = np.nanpercentile(x, self.quantile_range, axis=0)
        self.scale_ = _nonzero(high - low) if self.with_scaling else None
        return self

    def transform(self, X):
        x = self._fitted(table_of(X)).copy()
        x -= self.center_ if self.with_centering else 0
        x /= self.scale_ if self.with_scaling else 1
        return x

    def inverse_transform(self, X):
        self._fitted()
        return table_of(X) * (self.scale_ if self.with_scaling else 1) + (self.center_ if self.with_centering else 0)
