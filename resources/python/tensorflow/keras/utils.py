# SPDX-License-Identifier: Apache-2.0
"""keras.utils: seeds, the session, classes as vectors."""

import random as _python

import numpy

import _tapescope

from tensorflow._chance import _seeds
from tensorflow._surface import _walls
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
    from tensorflow.keras import _policies

    random.forget_shared_generator()
    _variables._names.clear()
    _seeds.clear()
    _policies._Default.policy = None


def normalize(x, axis=-1, order=2):
    """As vectors of norm 1; a vector of zeros stays."""
    if not isinstance(x, numpy.ndarray):
        from tensorflow.keras import ops

        return ops.normalize(x, axis=axis, order=order)
    norm = numpy.atleast_1d(numpy.linalg.norm(x, order, axis))
    norm[norm == 0] = 1
    return x / numpy.expand_dims(norm, axis or -1)


def _sizes(sequences):
    """The length of each, and the shape of what they hold."""
    lengths, inner = [], None
    for one in sequences:
        try:
            lengths.append(len(one))
        except TypeError as error:
            raise ValueError(f"`sequences` must be a list of iterables. Found non-iterable: {one}") from error
        if inner is None and len(one):
            inner = numpy.asarray(one).shape[1:]
    return lengths, inner or ()


def pad_sequences(sequences, maxlen=None, dtype="int32", padding="pre", truncating="pre", value=0.0):
    if not hasattr(sequences, "__len__"):
        raise ValueError("`sequences` must be iterable.")
    lengths, inner = _sizes(sequences)
    maxlen = numpy.max(lengths) if maxlen is None else maxlen
    text = numpy.issubdtype(dtype, numpy.str_) or numpy.issubdtype(dtype, numpy.bytes_)
    if isinstance(value, str) and dtype is not object and not text:
        raise ValueError(f"`dtype` {dtype} is not compatible with `value`'s type: {type(value)}\nYou should set `dtype=object` for "
                         "variable length strings.")
    rows = numpy.full((len(sequences), maxlen, *inner), value, dtype=dtype)
    for place, one in enumerate(sequences):
        if not len(one):
            continue
        if truncating not in ("pre", "post"):
            raise ValueError(f'Truncating type "{truncating}" not understood')
        kept = numpy.asarray(one[-maxlen:] if truncating == "pre" else one[:maxlen], dtype=dtype)
        if kept.shape[1:] != inner:
            raise ValueError(f"Shape of sample {kept.shape[1:]} of sequence at position {place} is different from expected shape "
                             f"{inner}")
        if padding not in ("pre", "post"):
            raise ValueError(f'Padding type "{padding}" not understood')
        rows[place, slice(len(kept)) if padding == "post" else slice(-len(kept), None)] = kept
    return rows


def is_keras_tensor(x):
    from tensorflow.keras import KerasTensor

    return isinstance(x, KerasTensor)


def __getattr__(name):
    from tensorflow.keras import _feeding, config, saving

    for home in (saving, config, _feeding):
        if name in home.__dict__ and not name.startswith("_"):
            return getattr(home, name)
    wall = _walls.named(f"tensorflow.keras.utils.{name}")
    if wall is not None:
        return wall
    raise AttributeError(f"module 'tensorflow.keras.utils' has no attribute '{name}', or this program does not have it yet")


def to_categorical(x, num_classes=None):
    if _tapescope.is_tensor(x):
        from tensorflow import cast, one_hot, squeeze

        if len(x.shape) > 1 and x.shape[-1] == 1:
            x = squeeze(x, -1)
        return one_hot(cast(x, "int64"), num_classes)
    x = numpy.array(x, dtype="int64")
    sizes = x.shape[:-1] if x.ndim > 1 and x.shape[-1] == 1 else x.shape
    x = x.reshape(-1)
    count = num_classes or x.max() + 1
    rows = numpy.zeros((len(x), count))
    rows[numpy.arange(len(x)), x] = 1
    return rows.reshape((*sizes, count))
