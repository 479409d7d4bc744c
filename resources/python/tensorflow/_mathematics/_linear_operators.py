# SPDX-License-Identifier: Apache-2.0
"""tf.linalg.LinearOperator...: matrices that are known by less than all of their elements."""

import sys

import _tapescope

from tensorflow._values import _shapes

_HINTS = "is_non_singular is_self_adjoint is_positive_definite is_square".split()


def _tf():
    import tensorflow

    return tensorflow


def _say_slow(what):
    sys.stderr.write(f"WARNING:tensorflow:Using (possibly slow) default implementation of {what}.  Requires conversion to a dense "
                     "matrix and O(N^3) operations.\n")


class LinearOperator:
    """Everything by way of the dense matrix; subclasses know better ways."""

    def _keep(self, name, hints):
        self.name = name
        for hint in _HINTS:
            setattr(self, hint, hints.get(hint))

    @property
    def shape(self):
        return _shapes.TensorShape(self.to_dense().shape)

    @property
    def dtype(self):
        return self.to_dense().dtype

    batch_shape = property(lambda self: self.shape[:-2])
    range_dimension = property(lambda self: self.shape[-2])
    domain_dimension = property(lambda self: self.shape[-1])
    tensor_rank = property(lambda self: self.shape.rank)

    def shape_tensor(self, name=None):
        return _tapescope.constant(self.shape.as_list(), "int32")

    def to_dense(self, name="to_dense"):
        raise NotImplementedError

    def _matrix_of(self, x):
        return x.to_dense() if isinstance(x, LinearOperator) else _tf().convert_to_tensor(x, self.dtype)

    def matmul(self, x, adjoint=False, adjoint_arg=False, name="matmul"):
        product = _tf().matmul(self.to_dense(), self._matrix_of(x), adjoint_a=adjoint, adjoint_b=adjoint_arg)
        return LinearOperatorFullMatrix(product) if isinstance(x, LinearOperator) else product

    __matmul__ = matmul

    def matvec(self, x, adjoint=False, name="matvec"):
        x = _tf().convert_to_tensor(x, self.dtype)
        return _tf().squeeze(self.matmul(_tf().expand_dims(x, -1), adjoint=adjoint), -1)

    def solve(self, rhs, adjoint=False, adjoint_arg=False, name="solve"):
        rhs = self._matrix_of(rhs)
        return self._solved(_tf().linalg.adjoint(rhs) if adjoint_arg else rhs, adjoint)

    def _solved(self, rhs, adjoint):
        return _tf().linalg.solve(self.to_dense(), rhs, adjoint=adjoint)

    def solvevec(self, rhs, adjoint=False, name="solve"):
        rhs = _tf().convert_to_tensor(rhs, self.dtype)
        return _tf().squeeze(self.solve(_tf().expand_dims(rhs, -1), adjoint=adjoint), -1)

    def determinant(self, name="det"):
        _say_slow("determinant")
        return _tf().linalg.det(self.to_dense())

    def log_abs_determinant(self, name="log_abs_det"):
        _say_slow("determinant")
        return _tf().linalg.slogdet(self.to_dense())[1]

    def trace(self, name="trace"):
        return _tf().linalg.trace(self.to_dense())

    def diag_part(self, name="diag_part"):
        return _tf().linalg.diag_part(self.to_dense())

    def add_to_tensor(self, x, name="add_to_tensor"):
        return self.to_dense() + x

    def cholesky(self, name="cholesky"):
        return LinearOperatorLowerTriangular(_tf().linalg.cholesky(self.to_dense()))

    def inverse(self, name="inverse"):
        return LinearOperatorFullMatrix(_tf().linalg.inv(self.to_dense()))

    def adjoint(self, name="adjoint"):
        return LinearOperatorFullMatrix(_tf().linalg.adjoint(self.to_dense()))

    def eigvals(self, name="eigvals"):
        if not self.is_self_adjoint:
            raise NotImplementedError("Only self-adjoint matrices are supported.")
        return _tf().linalg.eigvalsh(self.to_dense())

    def cond(self, name="cond"):
        values = _tf().linalg.svd(self.to_dense(), compute_uv=False)
        return values[..., 0] / values[..., -1]


class LinearOperatorFullMatrix(LinearOperator):
    def __init__(self, matrix, name="LinearOperatorFullMatrix", **hints):
        self._matrix = _tf().convert_to_tensor(matrix)
        self._keep(name, hints)

    matrix = property(lambda self: self._matrix)

    def to_dense(self, name="to_dense"):
        return self._matrix


class LinearOperatorDiag(LinearOperator):
    def __init__(self, diag, name="LinearOperatorDiag", **hints):
        self._diag = _tf().convert_to_tensor(diag)
        self._keep(name, {"is_square": True, **hints})

    diag = property(lambda self: self._diag)

    def to_dense(self, name="to_dense"):
        return _tf().linalg.diag(self._diag)

    def _scale(self, adjoint):
        return (_tf().math.conj(self._diag) if adjoint else self._diag)[..., None]

    def matmul(self, x, adjoint=False, adjoint_arg=False, name="matmul"):
        if isinstance(x, LinearOperatorDiag):
            other = _tf().math.conj(x.diag) if adjoint_arg else x.diag
            return LinearOperatorDiag(self._scale(adjoint)[..., 0] * other)
        if isinstance(x, LinearOperator):
            return super().matmul(x, adjoint, adjoint_arg)
        x = self._matrix_of(x)
        return self._scale(adjoint) * (_tf().linalg.adjoint(x) if adjoint_arg else x)

    __matmul__ = matmul

    def _solved(self, rhs, adjoint):
        return rhs * (1.0 / self._scale(adjoint))

    def determinant(self, name="det"):
        return _tf().reduce_prod(self._diag, axis=[-1])

    def log_abs_determinant(self, name="log_abs_det"):
        return _tf().reduce_sum(_tf().math.log(_tf().abs(self._diag)), axis=[-1])

    def diag_part(self, name="diag_part"):
        return self._diag

    def inverse(self, name="inverse"):
        return LinearOperatorDiag(1.0 / self._diag)


class LinearOperatorScaledIdentity(LinearOperatorDiag):
    def __init__(self, num_rows, multiplier, name="LinearOperatorScaledIdentity", **hints):
        self.multiplier = _tf().convert_to_tensor(multiplier)
        ones = _tf().ones([*self.multiplier.shape.as_list(), int(num_rows)], self.multiplier.dtype)
        super().__init__(self.multiplier[..., None] * ones, name, **hints)


class LinearOperatorIdentity(LinearOperatorDiag):
    def __init__(self, num_rows, batch_shape=None, dtype=None, name="LinearOperatorIdentity", **hints):
        batch = [] if batch_shape is None else [int(size) for size in batch_shape]
        hints = {"is_self_adjoint": True, "is_non_singular": True, "is_positive_definite": True, **hints}
        super().__init__(_tf().ones([*batch, int(num_rows)], dtype or "float32"), name, **hints)


class LinearOperatorZeros(LinearOperator):
    def __init__(self, num_rows, num_columns=None, batch_shape=None, dtype=None, name="LinearOperatorZeros", **hints):
        batch = [] if batch_shape is None else [int(size) for size in batch_shape]
        self._zeros = _tf().zeros([*batch, int(num_rows), int(num_columns or num_rows)], dtype or "float32")
        self._keep(name, hints)

    def to_dense(self, name="to_dense"):
        return self._zeros


class LinearOperatorLowerTriangular(LinearOperator):
    def __init__(self, tril, name="LinearOperatorLowerTriangular", **hints):
        self._tril = _tf().linalg.band_part(_tf().convert_to_tensor(tril), -1, 0)
        self._keep(name, {"is_square": True, **hints})

    def to_dense(self, name="to_dense"):
        return self._tril

    def _solved(self, rhs, adjoint):
        return _tf().linalg.triangular_solve(self._tril, rhs, lower=True, adjoint=adjoint)

    def determinant(self, name="det"):
        return _tf().reduce_prod(self.diag_part(), axis=[-1])

    def log_abs_determinant(self, name="log_abs_det"):
        return _tf().reduce_sum(_tf().math.log(_tf().abs(self.diag_part())), axis=[-1])


NAMES = {
    "linalg." + one.__name__: one
    for one in (
        LinearOperator, LinearOperatorDiag, LinearOperatorFullMatrix, LinearOperatorIdentity, LinearOperatorLowerTriangular,
        LinearOperatorScaledIdentity, LinearOperatorZeros,
    )
}
