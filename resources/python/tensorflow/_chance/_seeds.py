# SPDX-License-Identifier: Apache-2.0
"""From seeds to generators, as TensorFlow does it: an operation starts at a pair of seeds, the global one and its own. Where
it has none of its own, one is drawn outside of functions, and counted inside. Outside of functions a generator belongs to the
pair (and to the kernel), inside of one to the place where it is used."""

import random

import _tapescope

LIMIT = 2**31 - 1
_WITHOUT_GLOBAL = 87654321


class _Stream:
    """A generator: where it starts, and by how many blocks it has moved."""

    def __init__(self, pair):
        self.pair = pair
        self.moved = 0

    def take(self, blocks):
        start, self.moved = self.moved, self.moved + blocks
        return {"seed": self.pair[0], "seed2": self.pair[1], "skip": start}


class Trace:
    """What draws in one trace of a function, in the order of the calls: streams, and traces of functions it calls."""

    def __init__(self):
        self._seed = _State.seed
        self._count = 0
        self._nodes = []
        self._next = 0
        self._restarts = _State.restarts

    def restart(self):
        """Before a call. A global seed that was set since then starts all generators again; their pairs stay."""
        self._next = 0
        if self._restarts != _State.restarts:
            self._restarts = _State.restarts
            for node in self._nodes:
                node.moved = 0

    def _node(self, kind, make):
        if self._next == len(self._nodes):
            self._nodes.append(make())
        node = self._nodes[self._next]
        self._next += 1
        # Python may take another way than it took when the function was traced.
        return node if isinstance(node, kind) else make()

    def stream(self, seed):
        return self._node(_Stream, lambda: _Stream(self._pair(seed)))

    def inner(self):
        return self._node(Trace, Trace)

    def _pair(self, seed):
        if seed is None:
            seed = self._count
            self._count += 1
            return _pair_of(_known(self._seed), seed)
        return _pair_of(_WITHOUT_GLOBAL if self._seed is None else self._seed, seed)


class _State:
    seed = None  # the global one, where the script has set it
    source = None  # of seeds for operations that have none
    streams = {}
    restarts = 0
    trace = None  # of the function that runs


def set_seed(seed):
    _State.seed = seed
    _State.source = random.Random(_tapescope.seed if seed is None else seed)
    _State.streams = {}
    _State.restarts += 1


def clear():
    """Generators start again; the seeds stay."""
    _State.streams = {}


def _known(seed):
    """Without a seed TensorFlow's numbers differ from run to run; here they start from the run's own seed."""
    if seed is None:
        _tapescope.note_unseeded()
        return _tapescope.seed
    return seed


def global_seed():
    """What tf.random.set_seed() was given; None where it was not called."""
    return _State.seed


def _pair_of(first, second):
    pair = (int(first % LIMIT), int(second % LIMIT))
    return (0, LIMIT) if pair == (0, 0) else pair


def eager_pair(seed):
    if seed is not None:
        return _pair_of(_WITHOUT_GLOBAL if _State.seed is None else _State.seed, seed)
    if _State.source is None:
        set_seed(None)
    return _pair_of(_known(_State.seed), _State.source.randint(0, LIMIT))


def stream(seed, *kernel):
    """The generator that a call with this seed (or None) draws from."""
    if _State.trace is not None:
        return _State.trace.stream(seed)
    pair = eager_pair(seed)
    return _State.streams.setdefault((pair, *kernel), _Stream(pair))


class Inside:
    """A function runs: `trace` is its own, or None for the one that belongs to its place in the function around it."""

    def __init__(self, trace):
        self._trace = trace

    def __enter__(self):
        self._before = _State.trace
        if self._before is not None and self._trace is not None:
            self._trace = self._before.inner()
        if self._trace is not None:
            self._trace.restart()
        _State.trace = self._trace

    def __exit__(self, kind, value, traceback):
        _State.trace = self._before
        return False
