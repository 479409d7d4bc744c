# SPDX-License-Identifier: Apache-2.0
"""What scalers and encoders have in common: tables that are checked, and transformers that must be fitted first."""
import inspect

import numpy as np
from sklearn.exceptions import NotFittedError
from tapescope.standin import Lacking


def table_of(x, numbers=True):
    """A 2-D array, of floats where it is to be of numbers."""
    given = x
    x = np.asarray(x)
    if x.ndim != 2:
        kind = "1D" if x.ndim == 1 else "scalar"
        shown = x.astype(float) if numbers else given
        raise ValueError(f"Expected 2D array, got {kind} array instead:\narray={shown}.\nReshape your data either using "
                         "array.reshape(-1, 1) if your data has a single feature or array.reshape(1, -1) if it contains a "
                         "single sample.")
    if not numbers:
        return x
    if x.dtype.kind in "OUS":
        x = x.astype(np.float64)
    x = x if x.dtype in (np.float32, np.float64) else x.astype(np.float64)
    if np.isinf(x).any():
        raise ValueError(f"Input X contains infinity or a value too large for dtype({str(x.dtype)!r}).")
    return x


class Transformer(Lacking):
    """fit() leaves n_features_in_ behind, or classes_ of labels; all else asks for it."""

    def fit_transform(self, X, y=None, **options):
        return self.fit(X, y).transform(X)

    def get_params(self, deep=True):
        return {name: getattr(self, name) for name in sorted(inspect.signature(type(self)).parameters)}

    def __repr__(self):
        given = inspect.signature(type(self)).parameters
        changed = [f"{name}={getattr(self, name)!r}" for name, one in given.items() if getattr(self, name) != one.default]
        return f"{type(self).__name__}({', '.join(changed)})"

    def _fitted(self, x=None):
        if "n_features_in_" not in vars(self) and "classes_" not in vars(self):
            raise NotFittedError(f"This {type(self).__name__} instance is not fitted yet. Call 'fit' with appropriate arguments "
                                 "before using this estimator.")
        if x is not None and x.shape[1] != self.n_features_in_:
            raise self._other_width(x.shape[1])
        return x

    def _other_width(self, width):
        return ValueError(f"X has {width} features, but {type(self).__name__} is expecting {self.n_features_in_} features as "
                          "input.")
