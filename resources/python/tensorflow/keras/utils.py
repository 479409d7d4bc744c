# SPDX-License-Identifier: Apache-2.0
"""keras.utils: seeds, the session, classes as vectors."""

import random as _python

import numpy

import _tapescope

from tensorflow import _seeds
from tensorflow.keras import random
from tensorflow.keras.optimizers import _variables


def set_random_seed(seed):
    if not isinstance(seed, int):
        raise ValueError(f"Expected `seed` argument to be an integer. Received: seed={seed} (of type {type(seed)})")
    random.forget_shared_generator()
    _python.seed(seed)
    if hasattr(numpy.random, "seed"):  # left out where the script does not import numpy
        numpy.random.seed(seed)
    _seeds.set_seed(seed)


def clear_session(free_memory=True):
    """Names count from the start again, and generators start again; seeds stay."""
    random.forget_shared_generator()
    _variables._names.clear()
    _seeds.clear()


def to_categorical(x, num_classes=None):
    if _tapescope.is_tensor(x):
        from tensorflow import one_hot, squeeze

        if len(x.shape) > 1 and x.shape[-1] == 1:
            x = squeeze(x, -1)
        return one_hot(x, num_classes or int(_tapescope.peek(x).max()) + 1)
    x = numpy.array(x, dtype="int64")
    sizes = x.shape[:-1] if x.ndim > 1 and x.shape[-1] == 1 else x.shape
    x = x.reshape(-1)
    count = num_classes or x.max() + 1
    rows = numpy.zeros((len(x), count))
    rows[numpy.arange(len(x)), x] = 1
    return rows.reshape((*sizes, count))
