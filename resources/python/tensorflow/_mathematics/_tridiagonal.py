# SPDX-License-Identifier: Apache-2.0
"""Systems of equations whose matrices have three diagonals. They are solved as the matrices they are."""

import numpy

import _tapescope

from tensorflow._running._fold import folded
from tensorflow._values import _errors

_tensor = _tapescope.tensor


def _tf():
    import tensorflow

    return tensorflow


def _filled(diagonal, name, size, paddings):
    have = diagonal.shape[-1]
    if have == size:
        return diagonal
    if have != size - 1:
        raise ValueError(f"Expected {name} to be have length {size} or {size - 1}, got {have}.")
    return _tf().pad(diagonal, [[0, 0]] * (diagonal.shape.rank - 1) + [paddings])


def _compact(diagonals, form):
    """The upper, the main and the lower diagonal, one below the other; the last and the first number say nothing."""
    if form == "compact":
        return diagonals
    if form == "sequence":
        if not isinstance(diagonals, (tuple, list)) or len(diagonals) != 3:
            raise ValueError("Expected diagonals to be a sequence of length 3.")
        upper, main, lower = diagonals
        if not lower.shape[:-1] == main.shape[:-1] == upper.shape[:-1]:
            raise ValueError(
                "Tensors representing the three diagonals must have the same shape,except for the last dimension, got "
                f"{lower.shape}, {main.shape}, {upper.shape}"
            )
        size = main.shape[-1]
        lower, upper = _filled(lower, "subdiagonal", size, [1, 0]), _filled(upper, "superdiagonal", size, [0, 1])
        return _tf().stack([upper, main, lower], axis=-2)
    if form == "matrix":
        rows, columns = diagonals.shape[-2], diagonals.shape[-1]
        if rows != columns:
            raise ValueError(f"Expected last two dimensions of diagonals to be same, got {columns} and {rows}")
        part = _tf().linalg.diag_part
        upper, lower = part(diagonals, k=1), part(diagonals, k=-1)
        return _compact([upper, part(diagonals), lower], "sequence")
    raise ValueError(f"Unrecognized diagonals_format: {form}")


def _matrix(diagonals):
    diag = _tf().linalg.diag
    return diag(diagonals[..., 1, :]) + diag(diagonals[..., 0, :-1], k=1) + diag(diagonals[..., 2, 1:], k=-1)


def _require(diagonals, rhs):
    rank, right = diagonals.shape.rank, rhs.shape.rank
    if rank < 2:
        raise ValueError(f"Expected diagonals to have rank at least 2, got {rank}")
    if right not in (rank, rank - 1):
        raise ValueError(f"Expected the rank of rhs to be {rank - 1} or {rank}, got {right}")
    if diagonals.shape[:-2] != rhs.shape[: rank - 2]:
        raise ValueError(f"Batch shapes {diagonals.shape[:-2]} and {rhs.shape[: rank - 2]} are incompatible")
    if diagonals.shape[-2] != 3:
        raise ValueError(f"Expected 3 diagonals got {diagonals.shape[-2]}")


def _solved(diagonals, rhs):
    if diagonals.shape[-1] != rhs.shape[-2]:
        raise ValueError(
            "Expected number of left-hand sided and right-hand sides to be equal, got "
            f"{diagonals.shape[-1]} and {rhs.shape[-2]}"
        )
    matrix = _matrix(diagonals)
    try:
        return _tapescope.run("MatrixSolve", matrix, rhs)
    except _errors.ALL["InvalidArgumentError"] as problem:
        if "not invertible" not in str(problem):
            raise
    # Nothing is solved where a matrix is singular; the others of a batch are.
    singular = numpy.linalg.matrix_rank(matrix.numpy()) < matrix.shape[-1]
    singular = _tf().constant(singular[..., None, None])
    solved = _tapescope.run("MatrixSolve", _tf().where(singular, _tf().eye(matrix.shape[-1], dtype=matrix.dtype), matrix), rhs)
    return _tf().where(singular, _tf().constant(numpy.nan, solved.dtype), solved)


@folded("tf.linalg.tridiagonal_solve")
def tridiagonal_solve(diagonals, rhs, diagonals_format="compact", transpose_rhs=False, conjugate_rhs=False, name=None,
                      partial_pivoting=True, perturb_singular=False):
    if perturb_singular and not partial_pivoting:
        raise ValueError("partial_pivoting must be True if perturb_singular is.")
    diagonals = _compact(diagonals, diagonals_format)
    diagonals.shape, rhs.shape  # what is no tensor has none, as TensorFlow says
    _require(diagonals, rhs)
    diagonals = _tensor(diagonals)
    conjugated = _tf().math.conj(rhs) if conjugate_rhs else _tensor(rhs)
    if rhs.shape.rank == diagonals.shape.rank - 1:
        return _tf().squeeze(_solved(diagonals, _tf().expand_dims(conjugated, -1)), -1)
    return _solved(diagonals, _tf().linalg.matrix_transpose(conjugated) if transpose_rhs else conjugated)


@folded("tf.linalg.tridiagonal_matmul")
def tridiagonal_matmul(diagonals, rhs, diagonals_format="compact", name=None):
    if diagonals_format == "sequence":
        diagonals = [_tensor(one) for one in diagonals]
        size = diagonals[1].shape[-1]
        names = ("superdiagonal", "maindiagonal", "subdiagonal")
        diagonals = [_filled(one, title, size, at) for one, title, at in zip(diagonals, names, ([0, 1], [0, 0], [1, 0]))]
        diagonals = _tf().stack(diagonals, axis=-2)
    else:
        diagonals = _compact(_tensor(diagonals), diagonals_format)
    return _tf().matmul(_matrix(diagonals), rhs)
