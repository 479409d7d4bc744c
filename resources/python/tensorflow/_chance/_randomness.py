# SPDX-License-Identifier: Apache-2.0
"""tf.random: functions with a seed of their own or none."""

import math

import _tapescope

from tensorflow._arrays._arguments import common_shape, kernel_error
from tensorflow._chance import _seeds
from tensorflow._running._fold import folded
from tensorflow._values import _dtypes

_run = _tapescope.run
RESERVED = 256  # blocks of the generator for each number
_FLOATS = ("float16", "bfloat16", "float32", "float64")
_UNIFORM = _FLOATS + ("int32", "int64")


def accepted(dtype, names):
    dtype = _dtypes.as_dtype(dtype)
    if dtype.name not in names:
        shown = ", ".join(f"tf.{name}" for name in names)
        raise ValueError(f"Argument `dtype` got invalid value {dtype}. Accepted dtypes are ({shown}).")
    return dtype


def parameter(name, value, dtype):
    """A mean, a bound: as a tensor of the dtype."""
    try:
        return _tapescope.tensor(value, dtype)
    except ValueError as problem:
        if not str(problem).startswith("Tensor conversion requested"):
            raise
        raise ValueError(f"{name}: {problem}") from None


def shape_tensor(shape):
    """A list of numbers as it is, everything else as a tensor."""
    plain = isinstance(shape, (list, tuple)) and all(type(size) is int for size in shape)
    return shape if plain else _tapescope.tensor(shape)


def sizes_of(op, shape):
    """A shape's sizes; complaints say what is wrong with it."""
    if isinstance(shape, (list, tuple)):
        return list(shape)
    if shape.dtype.name not in ("int32", "int64"):
        _tapescope.refuse_type(op, "T", shape.dtype)
    if len(shape.shape) != 1:
        sizes = ",".join(str(size) for size in shape.shape)
        raise kernel_error(op, f"shape must be a vector of {{int32,int64}}, got shape [{sizes}]")
    return _tapescope.peek(shape).tolist()


def _drawn(op, shape, seed, *inputs, **attributes):
    """Numbers whose count the shape says. TensorFlow takes a seed before its kernel looks at the shape."""
    dtype = attributes.get("dtype", inputs[0].dtype.name if inputs else None)
    stream = _seeds.stream(seed, op, dtype, "int32" if isinstance(shape, (list, tuple)) else shape.dtype.name)
    sizes = sizes_of(op, shape)
    return _run(op, *inputs, shape=sizes, **stream.take(RESERVED * math.prod(sizes)), **attributes)


def _scaled(op, shape, mean, stddev, dtype, seed):
    dtype = _dtypes.as_dtype(dtype)
    shape = shape_tensor(shape)
    mean, stddev = parameter("mean", mean, dtype), parameter("stddev", stddev, dtype)
    noise = _drawn(op, shape, seed, dtype=dtype.name)
    return _run("AddV2", _run("Mul", noise, stddev), mean)


@folded("tf.random.normal")
def normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    return _scaled("RandomStandardNormal", shape, mean, stddev, dtype, seed)


@folded("tf.random.truncated_normal")
def truncated_normal(shape, mean=0.0, stddev=1.0, dtype="float32", seed=None, name=None):
    return _scaled("TruncatedNormal", shape, mean, stddev, dtype, seed)


@folded("tf.random.uniform")
def uniform(shape, minval=0, maxval=None, dtype="float32", seed=None, name=None):
    dtype = accepted(dtype, _UNIFORM)
    if maxval is None:
        if dtype.is_integer:
            raise ValueError(f"Must specify maxval for integer dtype {dtype!r}".replace("<dtype: '", "tf.").replace("'>", ""))
        maxval = 1
    shape = shape_tensor(shape)
    from_zero = isinstance(minval, int) and minval == 0
    to_one = isinstance(maxval, int) and maxval == 1
    if not from_zero or not to_one or dtype.is_integer:
        minval, maxval = parameter("min", minval, dtype), parameter("max", maxval, dtype)
    if dtype.is_integer:
        return _drawn("RandomUniformInt", shape, seed, minval, maxval)
    noise = _drawn("RandomUniform", shape, seed, dtype=dtype.name)
    if not from_zero:
        return _run("AddV2", _run("Mul", noise, _run("Sub", maxval, minval)), minval)
    return noise if to_one else _run("Mul", noise, maxval)


def shuffle(value, seed=None, name=None):
    value = _tapescope.tensor(value)
    stream = _seeds.stream(seed, "RandomShuffle", value.dtype.name)
    rows = value.shape[0] if len(value.shape) else 0
    return _run("RandomShuffle", value, **stream.take((rows + 2) // 4 if rows > 1 else 0))


def class_count(op, num_samples):
    count = num_samples if type(num_samples) is int else _tapescope.tensor(num_samples, "int32")
    if _tapescope.is_tensor(count):
        if len(count.shape) != 0:
            sizes = ",".join(str(size) for size in count.shape)
            raise kernel_error(op, f"num_samples should be a scalar, got shape [{sizes}]", given=(num_samples,))
        count = int(_tapescope.peek(count))
    return count


def categorical(logits, num_samples, dtype=None, seed=None, name=None):
    logits = _tapescope.tensor(logits)
    dtype = accepted(dtype or "int64", ("int32", "int64"))
    stream = _seeds.stream(seed, "Multinomial", logits.dtype.name, dtype.name)
    samples = class_count("Multinomial", num_samples)
    rows = logits.shape[0] if len(logits.shape) else 0
    blocks = rows * 8 * max(0, (samples + 3) // 4) * RESERVED
    return _run("Multinomial", logits, num_samples=samples, output_dtype=dtype.name, **stream.take(blocks))


def tiny(dtype):
    """The smallest normal number of the dtype."""
    import numpy

    if not dtype.is_floating:
        raise ValueError(f"data type {dtype.as_numpy_dtype!r} not inexact")
    return float(numpy.finfo(dtype.as_numpy_dtype).tiny)


def gamma_parameters(alpha, beta, dtype):
    """alpha in the shape of both, and beta."""
    dtype = _dtypes.as_dtype(dtype)
    alpha = parameter("alpha", alpha, dtype)
    beta = parameter("beta", 1 if beta is None else beta, dtype)
    sizes = [[int(size) for size in one.shape] for one in (alpha, beta)]
    common = common_shape(*sizes)
    return alpha if sizes[0] == common else _run("BroadcastTo", alpha, shape=common), beta


def scaled_gamma(noise, beta):
    result = _run("RealDiv", noise, beta)
    return _run("Maximum", _tapescope.tensor(tiny(noise.dtype), noise.dtype), result)


@folded("tf.random.gamma")
def gamma(shape, alpha, beta=None, dtype="float32", seed=None, name=None):
    shape = shape if isinstance(shape, (list, tuple)) else _tapescope.tensor(shape, "int32")
    alpha, beta = gamma_parameters(alpha, beta, dtype)
    stream = _seeds.stream(seed, "RandomGamma", alpha.dtype.name)
    tiny(alpha.dtype)
    sizes = _gamma_sizes(shape)
    blocks = RESERVED * math.prod(sizes) * math.prod(alpha.shape)
    return scaled_gamma(_run("RandomGamma", alpha, shape=sizes, **stream.take(blocks)), beta)


def _gamma_sizes(shape):
    if _tapescope.is_tensor(shape) and len(shape.shape) == 0:
        number = int(_tapescope.peek(shape))
        text = f"got shape: Tensor<type: int32 shape: [] values: {number}>"
        raise kernel_error("RandomGamma", "shape must be a vector of {int32,int64}, " + text)
    return sizes_of("RandomGamma", shape)


def poisson(shape, lam, dtype="float32", seed=None, name=None):
    shape = shape if isinstance(shape, (list, tuple)) else _tapescope.tensor(shape, "int32")
    lam = _tapescope.tensor(lam)
    dtype = _dtypes.as_dtype(dtype)
    stream = _seeds.stream(seed, "RandomPoissonV2", lam.dtype.name, dtype.name)
    sizes = sizes_of("RandomPoissonV2", shape)
    blocks = RESERVED * math.prod(sizes) * math.prod(lam.shape)
    return _run("RandomPoissonV2", lam, shape=sizes, dtype=dtype.name, **stream.take(blocks))


NAMES = {
    f"random.{function.__name__}": function
    for function in (normal, truncated_normal, uniform, shuffle, categorical, gamma, poisson, _seeds.set_seed)
}
