# SPDX-License-Identifier: Apache-2.0
"""tf.random.Generator: a generator whose state is a variable: two numbers of the counter and the key."""

import math

import _tapescope

from tensorflow._chance import _stateless
from tensorflow._chance._randomness import RESERVED, shape_tensor, sizes_of
from tensorflow._taping._variable import Variable
from tensorflow._values import _dtypes
from tensorflow._values._shapes import TensorShape

_run = _tapescope.run
_SPAN = 2**64
_STATE_SIZE = 3
_BINOMIAL = 200  # numbers that TensorFlow sets aside for one of a binomial distribution


def _as_signed(number):
    return number - _SPAN if isinstance(number, int) and number >= _SPAN // 2 else number


def _state_tensor(value):
    value = [_as_signed(one) for one in value] if isinstance(value, (list, tuple)) else _as_signed(value)
    tensor = _tapescope.tensor(value, "int64" if not _tapescope.is_tensor(value) else None)
    return tensor if tensor.dtype.name == "int64" else _run("Cast", tensor, dtype="int64")


def create_rng_state(seed, alg):
    _stateless.philox_number(alg)
    if isinstance(seed, int):
        numbers = [_as_signed(seed >> 64 * place & _SPAN - 1) for place in range(_STATE_SIZE)]
    else:
        numbers = _tapescope.peek(_state_tensor(seed)).reshape(-1)[:_STATE_SIZE].tolist()
        numbers = [0] * (_STATE_SIZE - len(numbers)) + numbers
    return _tapescope.tensor(numbers, "int64")


def _require_shape(shape, wanted):
    TensorShape(list(shape)).assert_is_compatible_with(wanted)


class Generator:
    def __init__(self, copy_from=None, state=None, alg=None):
        if copy_from is not None:
            assert (alg or state) is None
            state, alg = copy_from.state.read_value(), copy_from.algorithm
        assert alg is not None and state is not None
        self._alg = _stateless.philox_number(alg)
        if not _tapescope.is_variable(state):
            state = _state_tensor(state)
        _require_shape(state.shape, [_STATE_SIZE])
        if not _tapescope.is_variable(state):
            state = Variable(state, dtype="int64", trainable=False, name="StateVar")
        self._state_var = state

    @classmethod
    def from_state(cls, state, alg):
        return cls(alg=alg, state=state)

    @classmethod
    def from_seed(cls, seed, alg=None):
        alg = _stateless.philox_number(1 if alg is None else alg)
        return cls(state=create_rng_state(seed, alg), alg=alg)

    @classmethod
    def from_non_deterministic_state(cls, alg=None):
        _tapescope.note_unseeded()
        return cls.from_seed(_tapescope.seed, alg)

    @classmethod
    def from_key_counter(cls, key, counter, alg):
        return cls(state=_key_counter(key, counter), alg=alg)

    def reset(self, state):
        state = _state_tensor(state)
        _require_shape(state.shape, [_STATE_SIZE])
        self._state_var.assign(state)

    def reset_from_seed(self, seed):
        self._state_var.assign(create_rng_state(seed, self._alg))

    def reset_from_key_counter(self, key, counter):
        self._state_var.assign(_key_counter(key, counter))

    @property
    def state(self):
        return self._state_var

    @property
    def algorithm(self):
        return self._alg

    @property
    def key(self):
        return self._state_var[-1]

    def skip(self, delta):
        """Gives the state before, as TensorFlow does."""
        delta = int(_tapescope.peek(delta)) if _tapescope.is_tensor(delta) else int(delta)
        before = self._state_var.read_value()
        low, high, key = (int(number) % _SPAN for number in _tapescope.peek(before))
        counter = (low + (high << 64) + delta * RESERVED) % (1 << 128)
        after = [_as_signed(counter % _SPAN), _as_signed(counter >> 64), _as_signed(key)]
        self._state_var.assign(_tapescope.tensor(after, "int64"))
        return before

    def _start(self, shape, each=1):
        def start():
            count = math.prod(sizes_of("Prod", shape_tensor(shape)))
            low, high, key = _tapescope.peek(self.skip(count * each)).tolist()
            return {"key": key, "counter": high, "skip": low}

        return start

    def normal(self, shape, mean=0.0, stddev=1.0, dtype="float32", name=None):
        return _stateless.normal_from(self._start(shape), "StatelessRandomNormalV2", shape, mean, stddev, dtype)

    def truncated_normal(self, shape, mean=0.0, stddev=1.0, dtype="float32", name=None):
        return _stateless.normal_from(self._start(shape), "StatelessTruncatedNormalV2", shape, mean, stddev, dtype)

    def uniform(self, shape, minval=0, maxval=None, dtype="float32", name=None):
        dtype = _dtypes.as_dtype(dtype)
        if dtype.is_integer:
            if (minval is None) != (maxval is None):
                raise ValueError(
                    f"For integer dtype {dtype}, minval and maxval must be both `None` or both non-`None`; got "
                    f"minval={minval} and maxval={maxval}"
                )
        elif maxval is None:
            maxval = 1
        return _stateless.uniform_from(self._start(shape), shape, minval, maxval, dtype)

    def uniform_full_int(self, shape, dtype="uint64", name=None):
        return _stateless.uniform_from(self._start(shape), shape, None, None, _dtypes.as_dtype(dtype))

    def binomial(self, shape, counts, probs, dtype="int32", name=None):
        counts, probs = _tapescope.tensor(counts), _tapescope.tensor(probs)
        return _stateless.numbers_from(
            self._start(shape, _BINOMIAL), "StatelessRandomBinomial", shape, counts, probs,
            dtype=_dtypes.as_dtype(dtype).name)

    def make_seeds(self, count=1):
        keys = self.uniform_full_int([count], "int64")
        return _run("Pack", keys, _run("ZerosLike", keys), axis=0)

    def split(self, count=1):
        keys = _tapescope.peek(self.uniform_full_int([count], "int64")).tolist()
        return [Generator(state=[0, 0, key], alg=self._alg) for key in keys]


def _key_counter(key, counter):
    counter, key = _state_tensor(counter), _state_tensor(key)
    _require_shape(counter.shape, [_STATE_SIZE - 1])
    _require_shape(key.shape, [])
    return _run("ConcatV2", counter, _run("Reshape", key, shape=[1]), axis=0)


class _Global:
    generator = None


def get_global_generator():
    if _Global.generator is None:
        _Global.generator = Generator.from_non_deterministic_state()
    return _Global.generator


def set_global_generator(generator):
    _Global.generator = generator


Generator.__module__ = "tensorflow.python.ops.stateful_random_ops"

NAMES = {
    f"{home}.{member.__name__}": member
    for home in ("random", "random.experimental")
    for member in (Generator, create_rng_state, get_global_generator, set_global_generator)
}
