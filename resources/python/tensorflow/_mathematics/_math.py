# SPDX-License-Identifier: Apache-2.0
"""tf.math where TensorFlow itself composes or converts in Python: operation by operation as
tensorflow/python/ops/math_ops.py and special_math_ops.py have it."""

import math

import _tapescope

from tensorflow._arrays import _counting, _ordering
from tensorflow._arrays._arguments import slowly
from tensorflow._mathematics import _operands as _of
from tensorflow._running._fold import folded
from tensorflow._surface._deprecation import deprecated
from tensorflow._values import _dtypes, _shapes
from tensorflow._values._slices import IndexedSlices, values_of, with_values

_run = _of.run
_tensor = _of.tensor
_cast = _of.cast
_hinted = _of.hinted
_is_complex = _of.is_complex
_is_numeric = _of.is_numeric
_like = _of.like
_REALS = ("float32", "float64")
_LISTS = "Inputs must be an iterable of at least one Tensor/IndexedSlices with the same dtype and shape."
_ONE_LIST = "inputs must be a list of at least one Tensor with the same dtype and shape"
# What integers are divided in; the others stay.
_QUOTIENTS = dict(uint8="float32", int8="float32", uint16="float32", int16="float32", uint32="float64", int32="float64")
_QUOTIENTS.update(uint64="float64", int64="float64")
_QUOTIENTS.update({name: None for name in ("bfloat16", "float16", "float32", "float64", "complex64", "complex128")})


def _unnamed(*given):
    """The name for an operation, whose complaints end without one where TensorFlow's fast path leaves an argument."""
    return False if slowly(*given) else None


# ---- element by element


def _abs(x, name=None):
    x = _tensor(x)
    return _run("ComplexAbs" if _is_complex(x) else "Abs", x)


def _sign(x, name=None):
    x = _tensor(x)
    if _is_complex(x):
        return _run("DivNoNan", x, _cast(_run("ComplexAbs", x), x.dtype))
    return _run("Sign", x)


def _round(x, name=None):
    x = _tensor(x)
    return x if x.dtype.is_integer else _run("Round", x)


def _add(x, y, name=None):
    x = _tensor(x)
    y = _hinted(y, x.dtype)
    return _run("Add" if x.dtype == "string" else "AddV2", x, y)


def _divide(x, y, name=None):
    if not _tapescope.is_tensor(x):
        x = _tensor(x, y.dtype if _tapescope.is_tensor(y) else None)
    return x / y


def _truediv(x, y, name=None):
    x = _tensor(x)
    return _tapescope.quotient(x, _hinted(y, x.dtype))


def _divide_no_nan(x, y, name=None):
    if not _tapescope.is_tensor(x) and _tapescope.is_tensor(y):
        y = _tensor(y)
        x = _tensor(x, y.dtype)
    else:
        x = _tensor(x)
        y = _hinted(y, x.dtype)
    if x.dtype != y.dtype:
        raise TypeError(f"`x` and `y` must have the same dtype, got {x.dtype!r} != {y.dtype!r}.")
    if x.dtype.name not in _QUOTIENTS:
        allowed = ", ".join("tf." + known for known in _QUOTIENTS)
        raise TypeError(f"Invalid dtype {x.dtype!r} in tf.math.divide_no_nan. Expected one of {{{allowed}}}.")
    wide = _QUOTIENTS[x.dtype.name]
    return _run("DivNoNan", _run("Cast", x, dtype=wide), _run("Cast", y, dtype=wide)) if wide else _run("DivNoNan", x, y)


def _multiply_no_nan(x, y, name=None):
    x = _tensor(x)
    if _tapescope.is_tensor(y) and y.dtype != x.dtype:
        raise ValueError(f"y: Tensor conversion requested dtype {x.dtype.name} for Tensor with dtype {y.dtype.name}: {y!r}")
    return _run("MulNoNan", x, _tensor(y, x.dtype))


def _reciprocal_no_nan(x, name=None):
    x = _tensor(x)
    return _run("DivNoNan", _like(1, x), x)


def _scalar_mul(scalar, x, name=None):
    scalar = _tensor(scalar, x.dtype)
    if scalar.shape.rank != 0:
        raise ValueError(f"The input scalar must be a 0-D value. Received shape {scalar.shape}.")
    scaled = _run("Mul", scalar, _tensor(values_of(x)))
    return with_values(x, scaled) if isinstance(x, IndexedSlices) else scaled


@folded("tf.math.log_sigmoid")
def _log_sigmoid(x, name=None):
    return _run("Neg", _run("Softplus", _run("Neg", _tensor(x))))


@folded("tf.math.erfcinv")
def _erfcinv(x, name=None):
    x = _tensor(x)
    return _run("Mul", _run("Neg", _run("Ndtri", _run("Mul", _like(0.5, x), x))), _like(math.sqrt(0.5), x))


@folded("tf.math.polyval")
def _polyval(coeffs, x, name=None):
    if not isinstance(coeffs, list):
        raise ValueError(f"Argument coeffs must be list type. Received type {type(coeffs)}.")
    x = _tensor(x)
    if not coeffs:
        return _run("ZerosLike", x)
    coeffs = [_tensor(one) for one in coeffs]
    value = coeffs[0]
    for one in coeffs[1:]:
        value = one + value * x
    return value


@folded("tf.math.lbeta")
def _lbeta(x, name=None):
    x = _tensor(x)
    logs = _run("Sum", _run("Lgamma", x), axis=[-1], name=False)
    return _run("Sub", logs, _run("Lgamma", _run("Sum", x, axis=[-1])))


# ---- comparisons and truth values


@folded("tf.math.logical_xor")
def _logical_xor(x, y, name="LogicalXor"):
    either = _tapescope.functions["logical_or"](x, y)
    both = _tapescope.functions["logical_and"](x, y)
    return _run("LogicalAnd", either, _run("LogicalNot", both))


def _monotonic(x, relation):
    x = _run("Reshape", _tensor(x), shape=[-1])
    return _run("All", _run(relation, x[1:], x[:-1]))


@folded("tf.math.is_non_decreasing")
def _is_non_decreasing(x, name=None):
    return _monotonic(x, "GreaterEqual")


@folded("tf.math.is_strictly_increasing")
def _is_strictly_increasing(x, name=None):
    return _monotonic(x, "Greater")


# ---- complex numbers


def _complex(real, imag, name=None):
    real, imag = _tensor(real), _tensor(imag)
    if real.dtype != imag.dtype or real.dtype.name not in _REALS:
        raise TypeError(
            f"The `real` and `imag` components have incorrect types: {real.dtype.name} {imag.dtype.name}. They must be "
            "consistent, and one of [tf.float32, tf.float64]"
        )
    return _run("Complex", real, imag)


def _real(input, name=None):
    input = _tensor(input)
    if _is_complex(input):
        return _run("Real", input)
    if _is_numeric(input.dtype):
        return input
    raise TypeError(f"input must be a numeric tensor, but got tensor with dtype {input.dtype}")


def _imag(input, name=None):
    input = _tensor(input)
    return _run("Imag" if _is_complex(input) else "ZerosLike", input)


def _angle(input, name=None):
    input = _tensor(input)
    if _is_complex(input):
        return _run("Angle", input)
    negative = input < 0
    half_turn = _run("Mul", _like(math.pi, input), _run("OnesLike", input))
    return _run("SelectV2", negative, half_turn, _run("ZerosLike", input))


def _conj(x, name=None):
    x = _tensor(x)
    if _is_complex(x):
        return _run("Conj", x)
    if _is_numeric(x.dtype):
        return x
    raise TypeError(f"Expected numeric or variant tensor, got dtype {x.dtype!r}.")


# ---- sums of lists


def _add_n(inputs, name=None):
    tensors = [_tensor(one) for one in inputs]
    if not tensors:
        raise ValueError(_LISTS)
    return tensors[0] if len(tensors) == 1 else _run("AddN", *tensors)


@deprecated("ops.math_ops", "Use `tf.math.add_n` Instead", name="accumulate_n")
def _accumulate_n(inputs, shape=None, tensor_dtype=None, name=None):
    if not inputs or not isinstance(inputs, (list, tuple)):
        raise ValueError(_ONE_LIST)
    tensors = [_tensor(one) for one in inputs]
    if any(one.dtype != tensors[0].dtype for one in tensors):
        raise ValueError(_ONE_LIST)
    common = _shapes.TensorShape(tensors[0].shape if shape is None else shape)
    for one in tensors:
        if one.shape != common:
            raise ValueError(f"Shapes {common} and {one.shape} are not compatible")
    if tensor_dtype is not None and tensors[0].dtype != tensor_dtype:
        raise TypeError(
            f"The `tensor_dtype` argument is {tensor_dtype}, but `input` is of type {tensors[0].dtype}. These must be equal. "
            "Try casting the input to the desired type."
        )
    return tensors[0] if len(tensors) == 1 else _add_n(tensors)


# ---- reductions


@folded("tf.math.reduce_variance")
def _reduce_variance(input_tensor, axis=None, keepdims=False, name=None):
    return _variance(_tensor(input_tensor), axis, keepdims)


def _variance(x, axis, keepdims):
    means = _run("Mean", x, axis=axis, keepdims=True, name=_unnamed(axis))
    if means.dtype.is_integer:
        raise TypeError(f"Input must be either real or complex. Received integer type {means.dtype}.")
    gap = _run("Sub", x, means)
    squares = _run("Real", _run("Mul", _run("Conj", gap), gap)) if _is_complex(gap) else _run("Square", gap)
    return _run("Mean", squares, axis=axis, keepdims=keepdims)


@folded("tf.math.reduce_std")
def _reduce_std(input_tensor, axis=None, keepdims=False, name=None):
    return _run("Sqrt", _variance(_tensor(input_tensor), axis, keepdims))


@folded("tf.reduce_logsumexp")
def _reduce_logsumexp(input_tensor, axis=None, keepdims=False, name=None):
    x = _tensor(input_tensor)
    largest = _run("Max", x, axis=axis, keepdims=True, name=_unnamed(input_tensor, axis))
    shift = _run("StopGradient", _run("SelectV2", _run("IsFinite", largest), largest, _like(0, largest)))
    result = _run("Log", _run("Sum", _run("Exp", _run("Sub", x, shift)), axis=axis, keepdims=keepdims))
    if not keepdims:
        shift = _run("Reshape", shift, shape=result.shape)
    return _run("AddV2", result, shift)


def _nonzero(x, axis, keepdims, dtype):
    x = _tensor(x)
    there = x if x.dtype == "bool" else _run("NotEqual", x, _like("" if x.dtype == "string" else 0, x))
    return _cast(_run("Sum", _run("Cast", there, dtype="int64"), axis=axis, keepdims=bool(keepdims)), dtype)


@folded("tf.math.count_nonzero")
def _count_nonzero(input, axis=None, keepdims=None, dtype=_dtypes.ALL["int64"], name=None):
    return _nonzero(input, axis, keepdims, dtype)


@folded("tf.math.zero_fraction")
def _zero_fraction(value, name=None):
    value = _tensor(value)
    size = _tensor(value.shape.num_elements(), "int64")
    zeros = _run("Cast", _run("Sub", size, _nonzero(value, None, False, "int64")), dtype="float32")
    return _run("RealDiv", zeros, _run("Cast", size, dtype="float32"))


def _names():
    """By every name that TensorFlow has for it."""
    both = {
        "abs": _abs,
        "sign": _sign,
        "round": _round,
        "add": _add,
        "divide": _divide,
        "truediv": _truediv,
        "scalar_mul": _scalar_mul,
        "add_n": _add_n,
        "reduce_logsumexp": _reduce_logsumexp,
    }
    of_math = {
        "divide_no_nan": _divide_no_nan,
        "multiply_no_nan": _multiply_no_nan,
        "reciprocal_no_nan": _reciprocal_no_nan,
        "log_sigmoid": _log_sigmoid,
        "erfcinv": _erfcinv,
        "polyval": _polyval,
        "lbeta": _lbeta,
        "logical_xor": _logical_xor,
        "is_non_decreasing": _is_non_decreasing,
        "is_strictly_increasing": _is_strictly_increasing,
        "real": _real,
        "imag": _imag,
        "angle": _angle,
        "conj": _conj,
        "accumulate_n": _accumulate_n,
        "reduce_variance": _reduce_variance,
        "reduce_std": _reduce_std,
        "count_nonzero": _count_nonzero,
        "zero_fraction": _zero_fraction,
    }
    names = {"complex": _complex, "nn.zero_fraction": _zero_fraction, **both, **_ordering.NAMES, **_counting.NAMES}
    names.update({"math." + name: function for name, function in {**both, **of_math}.items()})
    return names


NAMES = _names()
