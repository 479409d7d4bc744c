# SPDX-License-Identifier: Apache-2.0
"""tf.random: seeds of operations as TensorFlow's eager context derives them."""

import _tapescope

from tensorflow._fold import folded

_LIMIT = 2**31 - 1
_DEFAULT_GRAPH_SEED = 87654321


class _State:
    seed = None
    source = None
    moves = {}
    own = False  # the script has set a seed


def _start(seed):
    _State.seed = seed
    _State.source = _tapescope.SeedSource(abs(int(seed)))
    _State.moves = {}


def set_seed(seed):
    _State.own = True
    if seed is None:
        _start(_tapescope.seed)
    else:
        _start(seed)


def _pair(seed):
    """The two seeds of one call, and by how many numbers the generator has moved for that pair before."""
    if _State.source is None:
        _start(_tapescope.seed)
    if not _State.own:
        _tapescope.note_unseeded()
    op_seed = _State.source.next() if seed is None else int(seed)
    pair = (_State.seed % _LIMIT, op_seed % _LIMIT)
    return pair if pair != (0, 0) else (0, _LIMIT)


def _drawn(op, shape, seed):
    pair = _pair(seed)
    shape = [int(size) for size in shape]
    count = 1
    for size in shape:
        count *= size
    key = (op, pair)
    skip = _State.moves.get(key, 0)
    _State.moves[key] = skip + 256 * count
    return _tapescope.run(op, shape=shape, seed=pair[0], seed2=pair[1], skip=skip)


@folded("tf.random.normal")
def normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    noise = _drawn("RandomStandardNormal", shape, seed)
    return _tapescope.run("AddV2", _tapescope.run("Mul", noise, stddev), mean)


@folded("tf.random.uniform")
def uniform(shape, minval=0, maxval=None, dtype="float32", seed=None, name=None):
    if getattr(dtype, "name", dtype) not in ("float32",):
        raise NotImplementedError("tf.random.uniform of integers is not there yet; use dtype=tf.float32")
    noise = _drawn("RandomUniform", shape, seed)
    high = 1.0 if maxval is None else maxval
    span = _tapescope.run("Sub", _tapescope.tensor(high, "float32"), _tapescope.tensor(minval, "float32"))
    return _tapescope.run("AddV2", _tapescope.run("Mul", noise, span), _tapescope.tensor(minval, "float32"))
