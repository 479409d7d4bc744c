# SPDX-License-Identifier: Apache-2.0
"""tf.random.stateless_*: random numbers from two numbers alone, with the Philox generator."""

import enum

import _tapescope

from tensorflow._arrays._arguments import kernel_error
from tensorflow._chance._randomness import (
    accepted, class_count, gamma_parameters, parameter, scaled_gamma, shape_tensor, sizes_of, tiny,
)
from tensorflow._running._fold import folded
from tensorflow._values import _dtypes

_run = _tapescope.run


class Algorithm(enum.Enum):
    PHILOX = 1
    THREEFRY = 2
    AUTO_SELECT = 3


Algorithm.__module__ = "tensorflow.python.ops.random_ops_util"


def _number_of(alg):
    if isinstance(alg, int):
        return alg
    if isinstance(alg, Algorithm):
        return alg.value
    if not isinstance(alg, str):
        raise TypeError(f"Can't convert argument `alg` (of value {alg} and type {type(alg)}) to int.")
    return {"philox": 1, "threefry": 2, "autoselect": 3}.get(alg.strip().lower().replace("-", "").replace("_", ""))


def philox_number(alg):
    """The number of an algorithm, which must be Philox or left to TensorFlow."""
    number = _number_of(alg)
    if number == Algorithm.THREEFRY.value:
        raise NotImplementedError("This program has the Philox algorithm only; use alg='philox' or 'auto_select'.")
    if number not in (Algorithm.PHILOX.value, Algorithm.AUTO_SELECT.value):
        shown = {int: (1, 2, 3), str: ("philox", "threefry", "auto_select")}.get(type(alg), tuple(Algorithm))
        raise ValueError(
            f"Argument `alg` got unsupported value {alg}. Supported values are {shown[0]} for the Philox algorithm, "
            f"{shown[1]} for the ThreeFry algorithm, and {shown[2]} for auto-selection."
        )
    return number


def _numbers(seed, op):
    if isinstance(seed, (list, tuple)) and all(type(number) is int for number in seed):
        shape, numbers = [len(seed)], seed
    else:
        tensor = _tapescope.tensor(seed)
        if tensor.dtype.name not in ("int32", "int64"):
            _tapescope.refuse_type(op, "Tseed", tensor.dtype)
        shape, numbers = list(tensor.shape), _tapescope.peek(tensor).tolist()
    if shape != [2]:
        text = ",".join(str(size) for size in shape)
        raise kernel_error(op, f"seed must have shape [2], not [{text}]", given=(seed,))
    return numbers


def start_of(seed, op="StatelessRandomGetKeyCounter"):
    """kernels/stateless_random_ops.cc GenerateKey: the seeds are scrambled, so that any will do."""
    first, second = (int(number) % 2**64 for number in _numbers(seed, op))
    key, counter = _tapescope.scrambled(first, second)
    return {"key": key, "counter": counter, "skip": 0}


def numbers_from(start, op, shape, *inputs, **attributes):
    return _run(op, *inputs, shape=sizes_of(op, shape_tensor(shape)), **start(), **attributes)


def normal_from(start, op, shape, mean, stddev, dtype):
    dtype = _dtypes.as_dtype("float32" if dtype is None else dtype)
    mean, stddev = parameter("mean", mean, dtype), parameter("stddev", stddev, dtype)
    return _run("AddV2", _run("Mul", numbers_from(start, op, shape, dtype=dtype.name), stddev), mean)


def uniform_from(start, shape, minval, maxval, dtype):
    if dtype.is_integer and minval is None:
        return numbers_from(start, "StatelessRandomUniformFullIntV2", shape, dtype=dtype.name)
    minval, maxval = parameter("min", minval, dtype), parameter("max", maxval, dtype)
    if dtype.is_integer:
        return numbers_from(start, "StatelessRandomUniformIntV2", shape, minval, maxval)
    noise = numbers_from(start, "StatelessRandomUniformV2", shape, dtype=dtype.name)
    return _run("AddV2", _run("Mul", noise, _run("Sub", maxval, minval)), minval)


def _start(seed, alg):
    philox_number("auto_select" if alg is None else alg)
    return lambda: start_of(seed)


@folded("tf.random.stateless_normal")
def stateless_normal(shape, seed, mean=0.0, stddev=1.0, dtype="float32", name=None, alg="auto_select"):
    return normal_from(_start(seed, alg), "StatelessRandomNormalV2", shape, mean, stddev, dtype)


@folded("tf.random.stateless_truncated_normal")
def stateless_truncated_normal(shape, seed, mean=0.0, stddev=1.0, dtype="float32", name=None, alg="auto_select"):
    return normal_from(_start(seed, alg), "StatelessTruncatedNormalV2", shape, mean, stddev, dtype)


_UNIFORM = ("float16", "bfloat16", "float32", "float64", "int32", "int64", "uint32", "uint64")


@folded("tf.random.stateless_uniform")
def stateless_uniform(shape, seed, minval=0, maxval=None, dtype="float32", name=None, alg="auto_select"):
    dtype = accepted(dtype, _UNIFORM)
    if dtype.is_integer:
        if (minval is None) != (maxval is None):
            raise ValueError(
                f"For integer `dtype` argument {dtype}, argument `minval` and `maxval` must be both None or not None. Got "
                f"`minval`={minval} and `maxval`={maxval}."
            )
        if minval is not None and dtype.name in ("uint32", "uint64"):
            raise ValueError(
                f"Argument `dtype` got invalid value {dtype} when argument `minval` is not None. Please don't use unsigned "
                "integers in this case."
            )
    elif maxval is None:
        maxval = 1
    return uniform_from(_start(seed, alg), shape, minval, maxval, dtype)


def split(seed, num=2, alg="auto_select"):
    seed = _tapescope.tensor(seed)
    return stateless_uniform([num, 2], seed, None, None, seed.dtype, alg=alg)


def fold_in(seed, data, alg="auto_select"):
    data = _tapescope.tensor(data)
    first = stateless_uniform([], seed, None, None, data.dtype, alg=alg)
    return _run("Pack", first, data, axis=0)


def stateless_shuffle(value, seed, alg="auto_select", name=None):
    return _run("StatelessShuffle", _tapescope.tensor(value), **_start(seed, alg)())


def stateless_categorical(logits, num_samples, seed, dtype="int64", name=None):
    logits = _tapescope.tensor(logits)
    dtype = accepted(dtype or "int64", ("int32", "int64"))
    op = "StatelessMultinomial"
    samples = class_count(op, num_samples)
    return _run(op, logits, num_samples=samples, output_dtype=dtype.name, **start_of(seed, op))


@folded("tf.random.stateless_gamma")
def stateless_gamma(shape, seed, alpha, beta=None, dtype="float32", name=None):
    alpha, beta = gamma_parameters(alpha, beta, dtype)
    op = "StatelessRandomGammaV3"
    start = start_of(seed)
    tiny(alpha.dtype)
    return scaled_gamma(_run(op, alpha, shape=sizes_of(op, shape_tensor(shape)), **start), beta)


def stateless_poisson(shape, seed, lam, dtype="int32", name=None):
    op = "StatelessRandomPoisson"
    return numbers_from(lambda: start_of(seed, op), op, shape, _tapescope.tensor(lam), dtype=_dtypes.as_dtype(dtype).name)


def stateless_binomial(shape, seed, counts, probs, output_dtype="int32", name=None):
    op = "StatelessRandomBinomial"
    probs = _tapescope.tensor(probs, None, "float32")
    counts = _tapescope.tensor(counts, None, probs.dtype)
    return numbers_from(
        lambda: start_of(seed, op), op, shape, counts, probs, dtype=_dtypes.as_dtype(output_dtype).name
    )


NAMES = {
    **{
        f"random.{function.__name__}": function
        for function in (
            stateless_normal, stateless_truncated_normal, stateless_uniform, stateless_categorical, stateless_gamma,
            stateless_poisson, stateless_binomial, split, fold_in, Algorithm,
        )
    },  # fmt: skip
    "random.experimental.Algorithm": Algorithm,
    "random.experimental.stateless_shuffle": stateless_shuffle,
    "random.experimental.stateless_split": split,
    "random.experimental.stateless_fold_in": fold_in,
}
