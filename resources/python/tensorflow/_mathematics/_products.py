# SPDX-License-Identifier: Apache-2.0
"""Matrix products, and what tensorflow/python/ops/math_ops.py composes from them."""

import math

import numpy

import _tapescope

from tensorflow._running._fold import folded

_run = _tapescope.run
_product = _tapescope.functions["raw_ops.MatMul"]
_products = _tapescope.functions["raw_ops.BatchMatMulV2"]
_plain_product = _tapescope.plain_product
_Tensor = _tapescope.EagerTensor


def _turned(a, b, first, second):
    """The product by the operation that TensorFlow takes for the ranks, of the matrices turned where it is asked for: that
    of two matrices transposes, that of batches takes adjoints."""
    multiply = _products if a.ndim > 2 or b.ndim > 2 else _product
    return multiply(a, b, first, second)


def times(a, b, adjoint_a=False, adjoint_b=False):
    """The product of tensors, or of their adjoints."""
    if a.ndim <= 2 and b.ndim <= 2:
        a = _run("Conj", a) if adjoint_a and a.dtype.is_complex else a
        b = _run("Conj", b) if adjoint_b and b.dtype.is_complex else b
    return _turned(a, b, adjoint_a, adjoint_b)


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
    if not (transpose_a or transpose_b or adjoint_a or adjoint_b):
        product = _plain_product(a, b)
        if product is not NotImplemented:
            return product
    if adjoint_a or adjoint_b:
        for side, transposed, adjoint in (("a", transpose_a, adjoint_a), ("b", transpose_b, adjoint_b)):
            if transposed and adjoint:
                raise ValueError(
                    f"Only one of `transpose_{side}` and `adjoint_{side}` can be True. "
                    f"Received `transpose_{side}`={transposed}, `adjoint_{side}`={adjoint}."
                )
    if type(a) is not _Tensor:
        a = _tapescope.tensor(a, None)
    if type(b) is not _Tensor:
        b = _tapescope.tensor(b, a.dtype) if _adopts(b, a.dtype) else _tapescope.tensor(b, None)
    if a.dtype.is_complex:
        batch = a.ndim > 2 or b.ndim > 2
        a = _run("Conj", a) if (transpose_a if batch else adjoint_a) else a
        b = _run("Conj", b) if (transpose_b if batch else adjoint_b) else b
    return _turned(a, b, transpose_a or adjoint_a, transpose_b or adjoint_b)


def _adopts(value, dtype):
    """Would TensorFlow convert this to the dtype of its neighbour? Numbers yes, numbers with a point not to integers."""
    if _tapescope.is_tensor(value):
        return False
    return dtype.is_floating or not numpy.issubdtype(numpy.asarray(value).dtype, numpy.floating)


def matvec(
    a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None
):
    b = _tapescope.tensor(b, None)
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
    both = _tapescope.tensor(axes, None)
    return [int(axis) for axis in both[0]], [int(axis) for axis in both[1]]


def _flattened(tensor, axes, first):
    """The tensor as a matrix, with the contracted axes first or last, and the sizes of the other axes."""
    shape = list(tensor.shape)
    axes = [axis if axis >= 0 else axis + len(shape) for axis in axes]
    free = [axis for axis in range(len(shape)) if axis not in axes]
    inner = math.prod(shape[axis] for axis in axes)
    outer = math.prod(shape[axis] for axis in free)
    order = axes + free if first else free + axes
    matrix = [inner, outer] if first else [outer, inner]
    if order != list(range(len(shape))):
        tensor = _run("Transpose", tensor, perm=order)
    if list(tensor.shape) != matrix:
        tensor = _run("Reshape", tensor, shape=matrix)
    return tensor, [shape[axis] for axis in free]


@folded("tf.tensordot")
def tensordot(a, b, axes, name=None):
    a = _tapescope.tensor(a, None)
    b = _tapescope.tensor(b, None)
    mine, theirs = _contraction_axes(a, axes)
    left, left_sizes = _flattened(a, mine, first=False)
    right, right_sizes = _flattened(b, theirs, first=True)
    product = times(left, right)
    sizes = left_sizes + right_sizes
    return product if list(product.shape) == sizes else _run("Reshape", product, shape=sizes)
