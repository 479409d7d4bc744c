# SPDX-License-Identifier: Apache-2.0
"""keras.random: numbers from a seed, a generator of seeds, or the generator that all share. What seeds are drawn from when
none is given is Python's own random."""

import functools
import random as _python

import numpy

import _tapescope

from tensorflow._chance import _stateless
from tensorflow._nets import _nn
from tensorflow._running._fold import folded
from tensorflow.keras import _ops, _scopes
from tensorflow.keras.optimizers._variables import Variable, auto_name

_run = _tapescope.run
_LIMIT = 2**31 - 2


def make_default_seed():
    return _python.randint(1, int(1e9))


class SeedGenerator:
    """Two numbers as a seed; each use takes the next pair."""

    def __init__(self, seed=None, name=None, **kwargs):
        self.name = auto_name("SeedGenerator") if name is None else name
        kwargs.pop("backend", None)
        if kwargs:
            raise ValueError(f"Unrecognized keyword arguments: {kwargs}")
        self._initial_seed = seed
        seed = make_default_seed() if seed is None else seed
        if not isinstance(seed, int):
            raise ValueError(f"Argument `seed` must be an integer. Received: seed={seed}")
        self.state = Variable([seed, 0], "int64", "seed_generator_state", self.name)

    def _pair(self, ordered=True):
        """The state now; the variable holds the next one."""
        pair = self.state.numpy().tolist()
        if _scopes.State.inferring:
            return pair
        after = [pair[0], pair[1] + 1] if ordered else [(number + 1) * 5387 % 933199 for number in pair]
        self.state._take(numpy.asarray(after, "int64"))
        return pair

    def next(self, ordered=True):
        return _tapescope.tensor(self._pair(ordered), "int64")

    def get_config(self):
        return {"seed": self._initial_seed, "name": self.name}

    @classmethod
    def from_config(cls, config):
        return cls(**config)


SeedGenerator.__module__ = "keras.src.random.seed_generator"


class _Shared:
    generator = None


def forget_shared_generator():
    _Shared.generator = None


def _drawn(seed):
    """Two numbers of 32 bits, as the stateless functions take them."""
    if isinstance(seed, SeedGenerator):
        pair = seed._pair()
    elif isinstance(seed, int):
        pair = [seed, 0]
    elif seed is None:
        if _Shared.generator is None:
            _Shared.generator = SeedGenerator()
        pair = _Shared.generator._pair(ordered=False)
    else:
        raise ValueError(
            "Argument `seed` must be either an integer or an instance of `SeedGenerator`. "
            f"Received: seed={seed} (of type {type(seed)})"
        )
    return [number % _LIMIT for number in pair]


def _is(kinds, dtype):
    return dtype is None or _ops.named(dtype).startswith(kinds)


def _shown(function):
    """Is one thing in the picture, under Keras's name."""
    return functools.wraps(function)(folded(f"keras.random.{function.__name__}")(function))


@_shown
def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return _stateless.stateless_normal(shape, _drawn(seed), mean, stddev, dtype or _ops.floatx())


@_shown
def truncated_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return _stateless.stateless_truncated_normal(shape, _drawn(seed), mean, stddev, dtype or _ops.floatx())


@_shown
def uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    if not _is(("float", "bfloat"), dtype):
        raise ValueError(f"`keras.random.uniform` requires a floating point `dtype`. Received: dtype={dtype} ")
    dtype = dtype or _ops.floatx()
    pair = _drawn(seed)
    return _stateless.stateless_uniform(shape, pair, _ops.cast(minval, dtype), _ops.cast(maxval, dtype), dtype)


@_shown
def randint(shape, minval, maxval, dtype="int32", seed=None):
    if not _is(("int", "uint"), dtype):
        raise ValueError(f"`keras.random.randint` requires an integer `dtype`. Received: dtype={dtype} ")
    drawn_in = _ops.named(dtype) if _ops.named(dtype) in ("int32", "int64") else "int64"
    return _ops.cast(_stateless.stateless_uniform(shape, _drawn(seed), minval, maxval, drawn_in), dtype)


@_shown
def categorical(logits, num_samples, dtype="int32", seed=None):
    if len(_tapescope.tensor(logits).shape) != 2:
        raise ValueError(
            f"`logits` should be a 2-D tensor with shape [batch_size, num_classes]. Received: logits={logits}"
        )
    return _ops.cast(_stateless.stateless_categorical(logits, num_samples, _drawn(seed)), dtype)


@_shown
def dropout(inputs, rate, noise_shape=None, seed=None):
    if rate == 1.0:
        return _run("ZerosLike", _tapescope.tensor(inputs))
    if rate == 0.0:
        return inputs
    return _nn.stateless_dropout(inputs, rate, _drawn(seed), noise_shape=noise_shape)


@_shown
def shuffle(x, axis=0, seed=None):
    from tensorflow import argsort, gather

    x = _tapescope.tensor(x)
    return gather(x, argsort(_stateless.stateless_uniform([x.shape[axis]], _drawn(seed))), axis=axis)


def _narrow(dtype):
    """The dtype that gamma numbers are drawn in."""
    return "float32" if _ops.named(dtype) == "bfloat16" else dtype


@_shown
def gamma(shape, alpha, dtype=None, seed=None):
    dtype = dtype or _ops.floatx()
    return _ops.cast(_stateless.stateless_gamma(shape, _drawn(seed), alpha, dtype=_narrow(dtype)), dtype)


@_shown
def binomial(shape, counts, probabilities, dtype=None, seed=None):
    dtype = dtype or _ops.floatx()
    drawn = _stateless.stateless_binomial(shape, _drawn(seed), counts, probabilities, _narrow(dtype))
    return _ops.cast(drawn, dtype)


@_shown
def beta(shape, alpha, beta, dtype=None, seed=None):
    from tensorflow import broadcast_to

    dtype = dtype or _ops.floatx()
    first = _drawn(seed)
    second = [(number + 12 + 2**31) % 2**32 - 2**31 for number in first]
    parts = [
        _stateless.stateless_gamma(shape, pair, broadcast_to(_tapescope.tensor(one, _narrow(dtype)), shape), dtype=_narrow(dtype))
        for pair, one in ((first, alpha), (second, beta))
    ]
    a, b = (_ops.cast(part, dtype) for part in parts)
    return a / (a + b)
