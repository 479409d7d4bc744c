# SPDX-License-Identifier: Apache-2.0
"""Stands in for sklearn.utils: generators and shuffling."""
import numbers

import numpy as np
from tapescope.standin import lacking

__all__ = ["Bunch", "check_random_state", "shuffle"]


def check_random_state(seed):
    if seed is None or seed is np.random:
        return np.random.mtrand._rand
    if isinstance(seed, numbers.Integral):
        return np.random.RandomState(seed)
    if isinstance(seed, np.random.RandomState):
        return seed
    raise ValueError(f"{seed!r} cannot be used to seed a numpy.random.RandomState instance")


def pick(values, places):
    """Rows of an array, a frame, a tensor or a list."""
    if hasattr(values, "iloc"):
        return values.iloc[places]
    if isinstance(values, (list, tuple)):
        return [values[place] for place in places]
    if hasattr(values, "shape"):
        return np.asarray(values)[places]
    return [values[place] for place in places]


def length(values):
    return values.shape[0] if hasattr(values, "shape") else len(values)


def shuffle(*arrays, random_state=None, n_samples=None):
    places = np.arange(length(arrays[0]))
    check_random_state(random_state).shuffle(places)
    rows = [pick(array, places[:n_samples]) for array in arrays]
    return rows[0] if len(rows) == 1 else rows


class Bunch(dict):
    """A dictionary whose values are attributes as well."""

    def __getattr__(self, name):
        if name not in self:
            raise AttributeError(name)
        return self[name]

    def __setattr__(self, name, value):
        self[name] = value


__getattr__ = lacking(globals())
