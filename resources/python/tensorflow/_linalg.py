# SPDX-License-Identifier: Apache-2.0
"""Matrix products and what tensorflow/python/ops/{math_ops,linalg_ops,linalg/linalg_impl}.py compose from them."""

import math
import sys

import numpy

import _tapescope

from tensorflow._fold import folded

_run = _tapescope.run
_product = _tapescope.functions["raw_ops.MatMul"]
_products = _tapescope.functions["raw_ops.BatchMatMulV2"]
_Tensor = _tapescope.EagerTensor


def _tensor(value, dtype=None):
    return _tapescope.tensor(value, dtype)


def _tf():
    return sys.modules["tensorflow"]


def _shape(tensor):
    return list(tensor.shape)


def _permuted(tensor, order):
    return _run("Transpose", tensor, perm=order)


def _reshaped(tensor, shape):
    return _run("Reshape", tensor, shape=list(shape))


def _number(value, like):
    return _tensor(value, like.dtype)


def _times(a, b, adjoint_a=False, adjoint_b=False):
    multiply = _products if a.ndim > 2 or b.ndim > 2 else _product
    return multiply(a, b, adjoint_a, adjoint_b)


def matmul(
    a,
    b,
    transpose_a=False,
    transpose_b=False,
    adjoint_a=False,
    adjoint_b=False,
    a_is_sparse=False,
    b_is_sparse=False,
    output_type=None,
    grad_a=False,
    grad_b=False,
    name=None,
):
    for side, transposed, adjoint in (("a", transpose_a, adjoint_a), ("b", transpose_b, adjoint_b)):
        if transposed and adjoint:
            raise ValueError(
                f"Only one of `transpose_{side}` and `adjoint_{side}` can be True. "
                f"Received `transpose_{side}`={transposed}, `adjoint_{side}`={adjoint}."
            )
    if type(a) is not _Tensor:
        a = _tensor(a)
    if type(b) is not _Tensor:
        b = _tensor(b, a.dtype) if _adopts(b, a.dtype) else _tensor(b)
    return _times(a, b, transpose_a or adjoint_a, transpose_b or adjoint_b)


def _adopts(value, dtype):
    """Would TensorFlow convert this to the dtype of its neighbour? Numbers yes, numbers with a point not to integers."""
    if _tapescope.is_tensor(value):
        return False
    return dtype.is_floating or not numpy.issubdtype(numpy.asarray(value).dtype, numpy.floating)


def matvec(
    a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None
):
    b = _tensor(b)
    product = matmul(a, _run("ExpandDims", b, axis=-1), transpose_a=transpose_a, adjoint_a=adjoint_a)
    return _run("Squeeze", product, axis=[-1])


# ---- tensordot


def _contraction_axes(a, axes):
    rank = len(a.shape)
    if isinstance(axes, (int, numpy.integer)):
        if axes < 0:
            raise ValueError(f"`axes` must be at least 0. Received: {axes}.")
        if axes > rank:
            raise ValueError(
                f"`axes` must not be larger than the number of dimensions of tensor {a}.  Received {axes}, vs "
                f"tensor dimensions {rank}."
            )
        return list(range(rank - axes, rank)), list(range(axes))
    if isinstance(axes, (list, tuple)):
        if len(axes) != 2:
            raise ValueError(f"`axes` must be an integer or have length 2. Received {axes}.")
        mine, theirs = axes
        if isinstance(mine, (int, numpy.integer)) and isinstance(theirs, (int, numpy.integer)):
            mine, theirs = [mine], [theirs]
        if len(mine) != len(theirs):
            raise ValueError(
                f"Different number of contraction axes `a` and `b`, {len(mine)} != {len(theirs)}."
            )
        return list(mine), list(theirs)
    both = _tensor(axes)
    return [int(axis) for axis in both[0]], [int(axis) for axis in both[1]]


def _flattened(tensor, axes, first):
    """The tensor as a matrix, with the contracted axes first or last, and the sizes of the other axes."""
    shape = _shape(tensor)
    axes = [axis if axis >= 0 else axis + len(shape) for axis in axes]
    free = [axis for axis in range(len(shape)) if axis not in axes]
    inner = math.prod(shape[axis] for axis in axes)
    outer = math.prod(shape[axis] for axis in free)
    order = axes + free if first else free + axes
    matrix = [inner, outer] if first else [outer, inner]
    if order != list(range(len(shape))):
        tensor = _permuted(tensor, order)
    if _shape(tensor) != matrix:
        tensor = _reshaped(tensor, matrix)
    return tensor, [shape[axis] for axis in free]


@folded("tf.tensordot")
def tensordot(a, b, axes, name=None):
    a = _tensor(a)
    b = _tensor(b)
    mine, theirs = _contraction_axes(a, axes)
    left, left_sizes = _flattened(a, mine, first=False)
    right, right_sizes = _flattened(b, theirs, first=True)
    product = _times(left, right)
    return product if _shape(product) == left_sizes + right_sizes else _reshaped(product, left_sizes + right_sizes)


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


def _kept_norm(tensor, ord, axis, is_matrix):
    if ord in ["fro", "euclidean", 2, 2.0]:
        if is_matrix and ord in [2, 2.0]:
            return _spectral(tensor, axis)
        return _run("Sqrt", _run("Sum", _run("Mul", tensor, tensor), axis=axis, keepdims=True))
    result = _run("Abs", tensor)
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


@folded("tf.math.l2_normalize")
def l2_normalize(x, axis=None, epsilon=1e-12, name=None):
    x = _tensor(x)
    squares = _run("Sum", _run("Square", x), axis=axis, keepdims=True)
    inverse = _run("Rsqrt", _run("Maximum", squares, _number(epsilon, x)))
    return _run("Mul", x, inverse)


# ---- diagonals


def _range_of(k):
    if isinstance(k, (list, tuple)):
        return [int(one) for one in k]
    ends = [int(one) for one in numpy.asarray(k).reshape(-1)]
    return ends if len(ends) > 1 else ends * 2


def diag(diagonal, name="diag", k=0, num_rows=-1, num_cols=-1, padding_value=0, align="RIGHT_LEFT"):
    diagonal = _tensor(diagonal)
    return _run(
        "MatrixDiagV3",
        diagonal,
        _number(padding_value, diagonal),
        k=_range_of(k),
        num_rows=int(num_rows),
        num_cols=int(num_cols),
        align=align,
    )


def diag_part(input, name="diag_part", k=0, padding_value=0, align="RIGHT_LEFT"):
    input = _tensor(input)
    return _run("MatrixDiagPartV3", input, _number(padding_value, input), k=_range_of(k), align=align)


def set_diag(input, diagonal, name="set_diag", k=0, align="RIGHT_LEFT"):
    input = _tensor(input)
    diagonal = _tensor(diagonal, None if _tapescope.is_tensor(diagonal) else input.dtype)
    return _run("MatrixSetDiagV3", input, diagonal, k=_range_of(k), align=align)


@folded("tf.linalg.trace")
def trace(x, name=None):
    return _run("Sum", diag_part(x), axis=[-1])


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
    return _permuted(a, list(range(rank - 2)) + [rank - 1, rank - 2])


def adjoint(matrix, name=None):
    return matrix_transpose(matrix)


# ---- decompositions


def svd(tensor, full_matrices=False, compute_uv=True, name=None):
    all = _run("Svd", _tensor(tensor), compute_uv=compute_uv, full_matrices=full_matrices)
    return tuple(all) if compute_uv else all[0]


def eigh(tensor, name=None):
    return tuple(_run("SelfAdjointEigV2", _tensor(tensor), compute_v=True))


def eigvalsh(tensor, name=None):
    return _run("SelfAdjointEigV2", _tensor(tensor), compute_v=False)[0]


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
    logs = _run("Sum", _run("Log", diag_part(factor)), axis=[-1])
    return _run("Mul", _number(2.0, logs), logs)


def _regularized_gramian(matrix, regularizer, first_kind):
    gramian = _times(matrix, matrix, first_kind, not first_kind)
    if regularizer != 0:
        size = gramian.shape[-1]
        identity = eye(size, batch_shape=list(gramian.shape)[:-2], dtype=matrix.dtype)
        gramian = _run("AddV2", gramian, _run("Mul", _number(regularizer, matrix), identity))
    return _run("Cholesky", gramian)


@folded("tf.linalg.lstsq")
def lstsq(matrix, rhs, l2_regularizer=0.0, fast=True, name=None):
    matrix = _tensor(matrix)
    rhs = _tensor(rhs)
    if not fast:
        return _run("MatrixSolveLs", matrix, rhs)
    if matrix.shape[-2] >= matrix.shape[-1]:
        factor = _regularized_gramian(matrix, l2_regularizer, True)
        return cholesky_solve(factor, _times(matrix, rhs, adjoint_a=True))
    factor = _regularized_gramian(matrix, l2_regularizer, False)
    return _times(matrix, cholesky_solve(factor, rhs), adjoint_a=True)


def _require_floats(a):
    if not a.dtype.is_floating:
        raise TypeError(f"Input `a` must have `float`-like `dtype` (saw {a.dtype.name}).")


@folded("tf.linalg.pinv")
def pinv(a, rcond=None, validate_args=False, name=None):
    a = _tensor(a)
    _require_floats(a)
    if rcond is None:
        rcond = 10.0 * max(a.shape[-2], a.shape[-1]) * float(numpy.finfo(a.dtype.as_numpy_dtype).eps)
    s, u, v = svd(a)
    cutoff = _run("Mul", _tensor(rcond, a.dtype), _run("Max", s, axis=[-1]))
    kept = _run("Greater", s, _run("ExpandDims", cutoff, axis=-1))
    s = _run("SelectV2", kept, s, _number(numpy.inf, s))
    return _times(_run("RealDiv", v, _run("ExpandDims", s, axis=-2)), u, adjoint_b=True)


@folded("tf.linalg.matrix_rank")
def matrix_rank(a, tol=None, validate_args=False, name=None):
    a = _tensor(a)
    _require_floats(a)
    s = svd(a, compute_uv=False)
    if tol is None:
        eps = float(numpy.finfo(a.dtype.as_numpy_dtype).eps)
        largest = _run("Max", s, axis=[-1], keepdims=True)
        tol = _run("Mul", _number(eps * max(a.shape[-2], a.shape[-1]), s), largest)
    above = _run("Cast", _run("Greater", s, _tensor(tol, s.dtype)), dtype="int32")
    return _run("Sum", above, axis=[-1])


# ---- the matrix exponential: Padé approximants with scaling and squaring, as linalg_impl.py chooses them

_PADE = {
    3: (120.0, 60.0, 12.0),
    5: (30240.0, 15120.0, 3360.0, 420.0, 30.0),
    7: (17297280.0, 8648640.0, 1995840.0, 277200.0, 25200.0, 1512.0, 56.0),
    9: (17643225600.0, 8821612800.0, 2075673600.0, 302702400.0, 30270240.0, 2162160.0, 110880.0, 3960.0, 90.0),
    13: (
        64764752532480000.0,
        32382376266240000.0,
        7771770303897600.0,
        1187353796428800.0,
        129060195264000.0,
        10559470521600.0,
        670442572800.0,
        33522128640.0,
        1323241920.0,
        40840800.0,
        960960.0,
        16380.0,
        182.0,
    ),
}
_PLANS = {
    "float32": (3.925724783138660, (3, 5, 7), (4.258730016922831e-001, 1.880152677804762e000)),
    "float64": (
        5.371920351148152,
        (3, 5, 7, 9, 13),
        (1.495585217958292e-002, 2.539398330063230e-001, 9.504178996162932e-001, 2.097847961257068e000),
    ),
}


def _pade(matrix, order):
    """Numerator and denominator of the approximant as odd and even part."""
    b = _PADE[order]
    identity = eye(matrix.shape[-1], batch_shape=list(matrix.shape)[:-2], dtype=matrix.dtype)
    square = _times(matrix, matrix)
    powers = [identity, square]
    while len(powers) < (4 if order == 13 else (order + 1) // 2):
        powers.append(_times(powers[-1], square))

    def series(coefficients):
        terms = [_run("Mul", _number(c, matrix), power) for c, power in coefficients if c != 1]
        terms += [power for c, power in coefficients if c == 1]
        return terms[0] if len(terms) == 1 else _run("AddN", *terms)

    if order == 13:
        high_odd = series([(1, powers[3]), (b[11], powers[2]), (b[9], powers[1])])
        high_even = series([(b[12], powers[3]), (b[10], powers[2]), (b[8], powers[1])])
        odd = series([(1, _times(powers[3], high_odd))] + [(b[2 * i + 1], powers[i]) for i in (3, 2, 1, 0)])
        even = series([(1, _times(powers[3], high_even))] + [(b[2 * i], powers[i]) for i in (3, 2, 1, 0)])
        return _times(matrix, odd), even
    top = (order - 1) // 2
    odd = series([(1, powers[top])] + [(b[2 * i + 1], powers[i]) for i in reversed(range(top))])
    even = series([(b[2 * i], powers[i]) for i in reversed(range(top + 1))])
    return _times(matrix, odd), even


def _nested_where(size, limits, cases):
    if not limits:
        return cases[0]
    small = _run("Less", size, _number(limits[0], size))
    return _run("SelectV2", small, cases[0], _nested_where(size, limits[1:], cases[1:]))


@folded("tf.linalg.expm")
def expm(input, name=None):
    matrix = _tensor(input)
    shape = _shape(matrix)
    if shape[-2:] == [0, 0]:
        return matrix
    if matrix.dtype.name not in _PLANS:
        raise ValueError(f"tf.linalg.expm does not support matrices of type {matrix.dtype}")
    largest, orders, limits = _PLANS[matrix.dtype.name]
    matrix = _reshaped(matrix, [-1] + shape[-2:])
    size = _run("Max", _run("Sum", _run("Abs", matrix), axis=[1]), axis=[-1])
    size = _reshaped(size, [-1, 1, 1])
    two = _number(2.0, size)
    scale = _run("RealDiv", _run("Log", _run("RealDiv", size, _number(largest, size))), _run("Log", two))
    squarings = _run("Maximum", _run("Floor", scale), _number(0.0, size))
    scaled = _run("RealDiv", matrix, _run("Pow", two, squarings))
    parts = [_pade(scaled if order == orders[-1] else matrix, order) for order in orders]
    u = _nested_where(size, limits, [one for one, _ in parts])
    v = _nested_where(size, limits, [one for _, one in parts])
    if not numpy.isfinite(numpy.asarray(_tapescope.peek(size))).all():
        return _reshaped(_run("Fill", _number(numpy.nan, matrix), shape=list(matrix.shape)), shape)
    result = _run("MatrixSolve", _run("AddV2", _run("Neg", u), v), _run("AddV2", u, v))
    for step in range(int(numpy.asarray(_tapescope.peek(squarings)).max())):
        again = _run("Less", _number(float(step), size), squarings)
        result = _run("SelectV2", again, _times(result, result), result)
    return _reshaped(result, shape)


# ---- solutions from factors


def lu_reconstruct(lower_upper, perm, validate_args=False, name=None):
    packed = _tensor(lower_upper)
    shape = _shape(packed)
    lower = set_diag(
        _run("MatrixBandPart", packed, num_lower=-1, num_upper=0), _tf().ones(shape[:-1], dtype=packed.dtype)
    )
    product = _times(lower, _run("MatrixBandPart", packed, num_lower=0, num_upper=-1))
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
