# SPDX-License-Identifier: Apache-2.0
"""Splits for cross validation: which rows train and which test, fold by fold."""
import numbers
import warnings

import numpy as np
from sklearn.utils import check_random_state, length


class _Folds:
    def __init__(self, n_splits=5, *, shuffle=False, random_state=None):
        if not isinstance(n_splits, numbers.Integral):
            raise ValueError(f"The number of folds must be of Integral type. {n_splits} of type {type(n_splits)} was passed.")
        if not isinstance(shuffle, bool):
            raise TypeError(f"shuffle must be True or False; got {shuffle}")
        if n_splits <= 1:
            raise ValueError("k-fold cross-validation requires at least one train/test split by setting n_splits=2 or more, got "
                             f"n_splits={n_splits}.")
        if not shuffle and random_state is not None:
            raise ValueError("Setting a random_state has no effect since shuffle is False. You should leave random_state to its "
                             "default (None), or set shuffle=True.")
        self.n_splits, self.shuffle, self.random_state = n_splits, shuffle, random_state

    def get_n_splits(self, X=None, y=None, groups=None):
        return self.n_splits

    def split(self, X, y=None, groups=None):
        """Pairs of rows that train and rows that test, each in their order."""
        count = length(X)
        if y is not None and length(y) != count:
            raise ValueError(f"Found input variables with inconsistent numbers of samples: [{count}, {length(y)}]")
        if self.n_splits > count:
            raise ValueError(f"Cannot have number of splits n_splits={self.n_splits} greater than the number of samples: "
                             f"n_samples={count}.")
        fold = self._fold_of_rows(count, y)
        for number in range(self.n_splits):
            yield np.flatnonzero(fold != number), np.flatnonzero(fold == number)

    def __repr__(self):
        return f"{type(self).__name__}(n_splits={self.n_splits}, random_state={self.random_state}, shuffle={self.shuffle})"


class KFold(_Folds):
    def _fold_of_rows(self, count, y):
        """Folds are stretches of rows that may have been mixed; the first ones hold one more where it does not work out."""
        rows = np.arange(count)
        if self.shuffle:
            check_random_state(self.random_state).shuffle(rows)
        fold = np.empty(count, dtype=int)
        for number, part in enumerate(np.array_split(rows, self.n_splits)):
            fold[part] = number
        return fold


class StratifiedKFold(_Folds):
    def _fold_of_rows(self, count, y):
        """Each fold has as much of each class as dealing out the sorted classes one by one gives it."""
        labels = np.asarray(y)
        many = labels.ndim > 1 and labels.shape[1] > 1
        if many or labels.dtype.kind == "f" and np.any(labels != np.floor(labels)):
            kind = "multilabel-indicator" if many else "continuous"
            raise ValueError(f"Supported target types are: ('binary', 'multiclass'). Got '{kind}' instead.")
        labels = labels.reshape(-1)
        _, first, number = np.unique(labels, return_index=True, return_inverse=True)
        number = np.argsort(np.argsort(first))[number]  # classes in the order in which they are met
        sizes = np.bincount(number)
        if np.all(sizes < self.n_splits):
            raise ValueError(f"n_splits={self.n_splits} cannot be greater than the number of members in each class.")
        if sizes.min() < self.n_splits:
            warnings.warn(f"The least populated class in y has only {sizes.min()} members, which is less than "
                          f"n_splits={self.n_splits}.", UserWarning, stacklevel=3)
        dealt = np.sort(number)
        shares = [np.bincount(dealt[start::self.n_splits], minlength=len(sizes)) for start in range(self.n_splits)]
        generator = check_random_state(self.random_state)
        fold = np.empty(count, dtype=int)
        for label in range(len(sizes)):
            folds = np.repeat(np.arange(self.n_splits), [share[label] for share in shares])
            if self.shuffle:
                generator.shuffle(folds)
            fold[number == label] = folds
        return fold
