# SPDX-License-Identifier: Apache-2.0
"""Stands in for sklearn.model_selection: train_test_split and folds."""
import math
import numbers

import numpy as np
from sklearn._folds import KFold, StratifiedKFold
from sklearn.exceptions import InvalidParameterError
from sklearn.utils import check_random_state, length, pick
from tapescope.standin import lacking

__all__ = ["KFold", "StratifiedKFold", "train_test_split"]


def _checked(name, size, n):
    """A share between 0 and 1, or a number of rows; None is for the other side to say."""
    whole = isinstance(size, numbers.Integral)
    if size is None or (whole and 0 < size < n) or (not whole and 0 < size < 1):
        return
    if (whole and size < 1) or (not whole and not 0.0 < size < 1.0):
        raise InvalidParameterError(f"The {name!r} parameter of train_test_split must be a float in the range (0.0, 1.0), an "
                                    f"int in the range [1, inf) or None. Got {size!r} instead.")
    raise ValueError(f"{name}={size} should be either positive and smaller than the number of samples {n} or a float in the "
                     "(0, 1) range")


def _sizes(n, test, train):
    """How many go to each side: of a share the test side is rounded up, the other down."""
    if test is None and train is None:
        test = 0.25
    _checked("test_size", test, n)
    _checked("train_size", train, n)
    if isinstance(test, float) and isinstance(train, float) and test + train > 1:
        raise ValueError(f"The sum of test_size and train_size = {test + train}, should be in the (0, 1) range. Reduce test_size "
                         "and/or train_size.")
    n_test = None if test is None else test if isinstance(test, numbers.Integral) else math.ceil(test * n)
    n_train = None if train is None else train if isinstance(train, numbers.Integral) else math.floor(train * n)
    n_test = n - n_train if n_test is None else n_test
    n_train = n - n_test if n_train is None else n_train
    if n_train + n_test > n:
        raise ValueError(f"The sum of train_size and test_size = {n_train + n_test}, should be smaller than the number of "
                         f"samples {n}. Reduce test_size and/or train_size.")
    if n_train == 0:
        raise ValueError(f"With n_samples={n}, test_size={test} and train_size={train}, the resulting train set will be "
                         "empty. Adjust any of the aforementioned parameters.")
    return n_train, n_test


def _shares(counts, draws, generator):
    """`draws` spread over the classes as their counts are; what is left over goes to the largest remainders."""
    exact = counts / counts.sum() * draws
    whole = np.floor(exact)
    left = int(draws - whole.sum())
    remainders = exact - whole
    for remainder in np.sort(np.unique(remainders))[::-1]:
        if left <= 0:
            break
        (places,) = np.where(remainders == remainder)
        more = min(len(places), left)
        whole[generator.choice(places, size=more, replace=False)] += 1
        left -= more
    return whole.astype(int)


def _stratified(labels, n_train, n_test, generator):
    classes, numbered = np.unique(np.asarray(labels), return_inverse=True)
    counts = np.bincount(numbered)
    if counts.min() < 2:
        raise ValueError("The least populated classes in y have only 1 member, which is too few. The minimum number of "
                         "groups for any class cannot be less than 2.")
    places = np.split(np.argsort(numbered, kind="mergesort"), np.cumsum(counts)[:-1])
    for_train = _shares(counts, n_train, generator)
    for_test = _shares(counts - for_train, n_test, generator)
    train, test = [], []
    for index in range(len(classes)):
        mixed = places[index][generator.permutation(counts[index])]
        train.extend(mixed[:for_train[index]])
        test.extend(mixed[for_train[index]:for_train[index] + for_test[index]])
    return generator.permutation(train), generator.permutation(test)


def train_test_split(*arrays, test_size=None, train_size=None, random_state=None, shuffle=True, stratify=None):
    if not arrays:
        raise ValueError("At least one array required as input")
    counts = [length(array) for array in arrays]
    if len(set(counts)) > 1:
        raise ValueError(f"Found input variables with inconsistent numbers of samples: {counts}")
    n_train, n_test = _sizes(counts[0], test_size, train_size)
    if not shuffle:
        if stratify is not None:
            raise ValueError("Stratified train/test split is not implemented for shuffle=False")
        train, test = np.arange(n_train), np.arange(n_train, n_train + n_test)
    elif stratify is not None:
        train, test = _stratified(stratify, n_train, n_test, check_random_state(random_state))
    else:
        mixed = check_random_state(random_state).permutation(counts[0])
        test, train = mixed[:n_test], mixed[n_test:n_test + n_train]
    return [pick(array, places) for array in arrays for places in (train, test)]


__getattr__ = lacking(globals())
