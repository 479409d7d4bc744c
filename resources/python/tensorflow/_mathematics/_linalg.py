# SPDX-License-Identifier: Apache-2.0
"""Norms, diagonals and decompositions as tensorflow/python/ops/{linalg_ops,linalg/linalg_impl}.py compose them."""

import sys

import numpy

import _tapescope

from tensorflow._mathematics._products import times
from tensorflow._running._fold import folded

_run = _tapescope.run
_tensor = _tapescope.tensor


def _tf():
    return sys.modules["tensorflow"]


def _shape(tensor):
    return list(tensor.shape)


def _permuted(tensor, order):
    return _run("Transpose", tensor, perm=order)


def _number(value, like):
    return _tensor(value, like.dtype)


# ---- norms


def _check_vector_norm(ord, axis):
    if not (isinstance(axis, int) or axis is None):
        raise ValueError(f"'axis' must be None, an integer, or a tuple of 2 unique integers, got {axis}")
    known = ord in ["euclidean", 1, 2, numpy.inf]
    if not known and (not numpy.isreal(ord) or isinstance(ord, str) or ord <= 0):
        raise ValueError(f"'ord' must be a supported vector norm, got {ord}")


def _check_matrix_norm(ord, axis):
    if not isinstance(axis[0], int) or not isinstance(axis[1], int) or axis[0] == axis[1]:
        raise ValueError(f"'axis' must be None, an integer, or a tuple of 2 unique integers, got {axis}")
    supported = ["euclidean", "fro", 1, 2, numpy.inf]
    if ord not in supported:
        raise ValueError(f"'ord' must be a supported matrix norm in {supported}, got {ord}")


def _spectral(tensor, axis):
    """The largest singular value, in the place of the two axes."""
    rank = len(tensor.shape)
    last = [one if one >= 0 else one + rank for one in axis]
    order = [one for one in range(rank) if one not in last] + last
    values = _run("Svd", _permuted(tensor, order), compute_uv=False)[0]
    largest = _run("Max", _run("Abs", values), axis=[-1], keepdims=True)
    back = [order.index(one) for one in range(rank)]
    return _permuted(_run("ExpandDims", largest, axis=-1), back)


def _conjugate(tensor):
    return _run("Conj", tensor) if tensor.dtype.is_complex else tensor


def _kept_norm(tensor, ord, axis, is_matrix):
    if ord in ["fro", "euclidean", 2, 2.0]:
        if is_matrix and ord in [2, 2.0]:
            return _spectral(tensor, axis)
        return _run("Sqrt", _run("Sum", _run("Mul", tensor, _conjugate(tensor)), axis=axis, keepdims=True))
    result = _run("ComplexAbs" if tensor.dtype.is_complex else "Abs", tensor)
    first = None if axis is None else axis[:1]
    if ord == 1:
        result = _run("Sum", result, axis=first, keepdims=True)
        return _run("Max", result, axis=axis[-1:], keepdims=True) if is_matrix else result
    if ord == numpy.inf:
        if is_matrix:
            result = _run("Sum", result, axis=axis[1:], keepdims=True)
        return _run("Max", result, axis=first, keepdims=True)
    powers = _run("Sum", _run("Pow", result, _number(ord, result)), axis=axis, keepdims=True)
    return _run("Pow", powers, _number(1.0 / ord, result))


@folded("tf.norm")
def norm(tensor, ord="euclidean", axis=None, keepdims=None, name=None):
    is_matrix = isinstance(axis, (list, tuple)) and len(axis) == 2
    if is_matrix:
        axis = tuple(axis)
        _check_matrix_norm(ord, axis)
    else:
        _check_vector_norm(ord, axis)
        axis = None if axis is None else (axis,)
    tensor = _tensor(tensor)
    result = _kept_norm(tensor, ord, axis, is_matrix)
    if keepdims:
        return result
    return _run("Squeeze", result, axis=None if axis is None else list(axis))


@folded("tf.linalg.normalize")
def normalize(tensor, ord="euclidean", axis=None, name=None):
    tensor = _tensor(tensor)
    size = norm(tensor, ord, axis, keepdims=True)
    return _run("RealDiv", tensor, size), size


# ---- diagonals


def _range_of(k):
    if isinstance(k, (list, tuple)):
        return [int(one) for one in k]
    ends = [int(one) for one in numpy.asarray(k).reshape(-1)]
    return ends if len(ends) > 1 else ends * 2


def _named(name, *inputs, **attributes):
    """Runs under a name that TensorFlow gives by itself, and that its complaints end with; where Python values are among
    the inputs, they end without."""
    try:
        return _run(*inputs, **attributes)
    except _tf().errors.InvalidArgumentError as problem:
        text = str(problem)
        if not text.endswith(" name: "):
            raise
        raise type(problem)(None, None, text + name if name else text.removesuffix(" name: ")) from None


def _padding(value, given):
    """Whether it becomes a truth value TensorFlow asks what the script gave: a list has no dtype."""
    truth = hasattr(given, "dtype") and given.dtype == "bool"
    return _tensor(bool(value) if truth else value, _tensor(given).dtype)


def diag(diagonal, name="diag", k=0, num_rows=-1, num_cols=-1, padding_value=0, align="RIGHT_LEFT"):
    name = name if _tapescope.is_tensor(diagonal) and not isinstance(k, (list, tuple)) else None
    return _named(
        name,
        "MatrixDiagV3",
        _tensor(diagonal),
        _padding(padding_value, diagonal),
        k=_range_of(k),
        num_rows=int(num_rows),
        num_cols=int(num_cols),
        align=align,
    )


def diag_part(input, name="diag_part", k=0, padding_value=0, align="RIGHT_LEFT"):
    name = name if _tapescope.is_tensor(input) and not isinstance(k, (list, tuple)) else None
    return _named(name, "MatrixDiagPartV3", _tensor(input), _padding(padding_value, input), k=_range_of(k), align=align)


def set_diag(input, diagonal, name="set_diag", k=0, align="RIGHT_LEFT"):
    plain = _tapescope.is_tensor(input) and _tapescope.is_tensor(diagonal) and not isinstance(k, (list, tuple))
    name = name if plain else None
    input = _tensor(input)
    diagonal = _tensor(diagonal, None if _tapescope.is_tensor(diagonal) else input.dtype)
    return _named(name, "MatrixSetDiagV3", input, diagonal, k=_range_of(k), align=align)


@folded("tf.linalg.trace")
def trace(x, name=None):
    return _run("Sum", diag_part(_tensor(x)), axis=[-1], name=False)


@folded("tf.eye")
def eye(num_rows, num_columns=None, batch_shape=None, dtype="float32", name=None):
    columns = num_rows if num_columns is None else num_columns
    if isinstance(num_rows, float) or isinstance(columns, float):
        raise TypeError(
            "Arguments `num_rows` and `num_columns` must be positive integer values. "
            f"Received: num_rows={num_rows}, num_columns={columns}"
        )
    rows, columns = int(num_rows), int(columns)
    batch = [] if batch_shape is None else [int(size) for size in batch_shape]
    ones = _tf().ones(batch + [min(rows, columns)], dtype=dtype)
    if rows == columns:
        return diag(ones)
    return set_diag(_tf().zeros(batch + [rows, columns], dtype=dtype), ones)


def matrix_transpose(a, name="matrix_transpose", conjugate=False):
    a = _tensor(a)
    rank = len(a.shape)
    if rank < 2:
        raise ValueError(
            f"Argument `a` should be a (batch) matrix with rank >= 2.  Received `a` = {a} with shape: {a.shape}"
        )
    turned = _permuted(a, list(range(rank - 2)) + [rank - 1, rank - 2])
    return _conjugate(turned) if conjugate else turned


def adjoint(matrix, name=None):
    return matrix_transpose(matrix, conjugate=True)


# ---- decompositions


def svd(tensor, full_matrices=False, compute_uv=True, name=None):
    s, u, v = _run("Svd", _tensor(tensor), compute_uv=compute_uv, full_matrices=full_matrices)
    if s.dtype.is_complex:
        s = _run("Real", s)
    return (s, u, v) if compute_uv else s


def eigh(tensor, name=None):
    return tuple(_run("SelfAdjointEigV2", _tensor(tensor), compute_v=True))


def eigvalsh(tensor, name=None):
    return _run("SelfAdjointEigV2", _tensor(tensor), compute_v=False)[0]


def _any_eigen(tensor, vectors):
    kinds = {"float32": "complex64", "complex64": "complex64", "float64": "complex128", "complex128": "complex128"}
    if tensor.dtype.name not in kinds:
        raise UnboundLocalError("cannot access local variable 'out_dtype' where it is not associated with a value")
    return tuple(_run("Eig", tensor, compute_v=vectors))


def eig(tensor, name=None):
    return _any_eigen(tensor, True)


def eigvals(tensor, name=None):
    return _any_eigen(tensor, False)[0]


def _triangular(matrix, rhs, lower=True, adjoint=False):
    return _run("MatrixTriangularSolve", matrix, rhs, lower=lower, adjoint=adjoint)


@folded("tf.linalg.cholesky_solve")
def cholesky_solve(chol, rhs, name=None):
    chol = _tensor(chol)
    half = _triangular(chol, _tensor(rhs))
    return _triangular(chol, half, adjoint=True)


@folded("tf.linalg.logdet")
def logdet(matrix, name=None):
    factor = _run("Cholesky", _tensor(matrix))
    diagonal = diag_part(factor)
    if diagonal.dtype.is_complex:
        diagonal = _run("Real", diagonal)
    logs = _run("Sum", _run("Log", diagonal), axis=[-1])
    return _run("Mul", _number(2.0, logs), logs)


def _regularized_gramian(matrix, regularizer, first_kind):
    gramian = times(matrix, matrix, adjoint_a=first_kind, adjoint_b=not first_kind)
    if regularizer != 0:
        size = gramian.shape[-1]
        identity = eye(size, batch_shape=list(gramian.shape)[:-2], dtype=matrix.dtype)
        gramian = _run("AddV2", gramian, _run("Mul", _number(regularizer, matrix), identity))
    return _run("Cholesky", gramian)


@folded("tf.linalg.lstsq")
def lstsq(matrix, rhs, l2_regularizer=0.0, fast=True, name=None):
    matrix = _tensor(matrix)
    if matrix.dtype.name == "complex128" and l2_regularizer != 0:
        raise NotImplementedError(
            "matrix_solve_ls is currently disabled for complex128 and l2_regularizer != 0 due to poor accuracy."
        )
    rhs = _tensor(rhs)
    if not fast:
        return _run("MatrixSolveLs", matrix, rhs)
    if matrix.shape[-2] >= matrix.shape[-1]:
        factor = _regularized_gramian(matrix, l2_regularizer, True)
        return cholesky_solve(factor, times(matrix, rhs, adjoint_a=True))
    factor = _regularized_gramian(matrix, l2_regularizer, False)
    return times(matrix, cholesky_solve(factor, rhs), adjoint_a=True)


def _require_floats(a):
    if not a.dtype.is_floating:
        raise TypeError(f"Input `a` must have `float`-like `dtype` (saw {a.dtype.name}).")


@folded("tf.linalg.pinv")
def pinv(a, rcond=None, validate_args=False, name=None):
    a = _tensor(a)
    _require_floats(a)
    _require_matrix(a)
    if rcond is None:
        rcond = 10.0 * max(a.shape[-2], a.shape[-1]) * float(numpy.finfo(a.dtype.as_numpy_dtype).eps)
    s, u, v = svd(a)
    cutoff = _run("Mul", _tensor(rcond, a.dtype), _run("Max", s, axis=[-1]))
    kept = _run("Greater", s, _run("ExpandDims", cutoff, axis=-1))
    s = _run("SelectV2", kept, s, _number(numpy.inf, s))
    return times(_run("RealDiv", v, _run("ExpandDims", s, axis=-2)), u, adjoint_b=True)


def _require_matrix(a):
    if len(a.shape) < 2:
        raise ValueError(f"Input `a` must have at least 2 dimensions (saw: {len(a.shape)}).")


@folded("tf.linalg.matrix_rank")
def matrix_rank(a, tol=None, validate_args=False, name=None):
    a = _tensor(a)
    _require_floats(a)
    _require_matrix(a)
    s = svd(a, compute_uv=False)
    if tol is None:
        eps = float(numpy.finfo(a.dtype.as_numpy_dtype).eps)
        largest = _run("Max", s, axis=[-1], keepdims=True)
        tol = _run("Mul", _number(eps * max(a.shape[-2], a.shape[-1]), s), largest)
    above = _run("Cast", _run("Greater", s, _tensor(tol, s.dtype)), dtype="int32")
    return _run("Sum", above, axis=[-1])


# ---- solutions from factors


def lu_reconstruct(lower_upper, perm, validate_args=False, name=None):
    packed = _tensor(lower_upper)
    shape = _shape(packed)
    lower = set_diag(
        _run("MatrixBandPart", packed, num_lower=-1, num_upper=0), _tf().ones(shape[:-1], dtype=packed.dtype)
    )
    product = times(lower, _run("MatrixBandPart", packed, num_lower=0, num_upper=-1))
    order = numpy.asarray(_tapescope.peek(_tensor(perm)))
    return _tf().gather(product, numpy.argsort(order), axis=-2)


def lu_solve(lower_upper, perm, rhs, validate_args=False, name=None):
    packed = _tensor(lower_upper)
    permuted = _tf().gather(_tensor(rhs), _tensor(perm), axis=-2)
    ones = _tf().ones(_shape(packed)[:-1], dtype=packed.dtype)
    lower = set_diag(_run("MatrixBandPart", packed, num_lower=-1, num_upper=0), ones)
    return _triangular(packed, _triangular(lower, permuted), lower=False)


def lu_matrix_inverse(lower_upper, perm, validate_args=False, name=None):
    packed = _tensor(lower_upper)
    shape = _shape(packed)
    identity = eye(shape[-1], batch_shape=shape[:-2], dtype=packed.dtype)
    return lu_solve(packed, perm, identity)
