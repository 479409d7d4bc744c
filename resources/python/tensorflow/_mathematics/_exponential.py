# SPDX-License-Identifier: Apache-2.0
"""The matrix exponential: Padé approximants with scaling and squaring, as linalg_impl.py chooses them."""

import numpy

import _tapescope

from tensorflow._mathematics._linalg import eye
from tensorflow._mathematics._operands import cast_to
from tensorflow._mathematics._products import times
from tensorflow._running._fold import folded

_run = _tapescope.run


def _number(value, like):
    return _tapescope.tensor(value, like.dtype)


def _reshaped(tensor, shape):
    return _run("Reshape", tensor, shape=list(shape))


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
    square = times(matrix, matrix)
    powers = [identity, square]
    while len(powers) < (4 if order == 13 else (order + 1) // 2):
        powers.append(times(powers[-1], square))

    def series(coefficients):
        total = None
        for c, power in coefficients:
            term = power if c == 1 else _run("Mul", _number(c, matrix), power)
            total = term if total is None else _run("AddV2", total, term)
        return total

    if order == 13:
        high_odd = series([(1, powers[3]), (b[11], powers[2]), (b[9], powers[1])])
        high_even = series([(b[12], powers[3]), (b[10], powers[2]), (b[8], powers[1])])
        odd = series([(1, times(powers[3], high_odd))] + [(b[2 * i + 1], powers[i]) for i in (3, 2, 1, 0)])
        even = series([(1, times(powers[3], high_even))] + [(b[2 * i], powers[i]) for i in (3, 2, 1, 0)])
        return times(matrix, odd), even
    top = (order - 1) // 2
    odd = series([(1, powers[top])] + [(b[2 * i + 1], powers[i]) for i in reversed(range(top))])
    even = series([(b[2 * i], powers[i]) for i in reversed(range(top + 1))])
    return times(matrix, odd), even


def _nested_where(size, limits, cases):
    if not limits:
        return cases[0]
    small = _run("Less", size, _number(limits[0], size))
    return _run("SelectV2", small, cases[0], _nested_where(size, limits[1:], cases[1:]))


@folded("tf.linalg.expm")
def expm(input, name=None):
    matrix = _tapescope.tensor(input, None)
    shape = list(matrix.shape)
    if not shape:
        return _run("Max", matrix, axis=[-1])  # which refuses it
    if shape[-2:] == [0, 0]:
        return matrix
    plan = {"float16": "float32", "complex64": "float32", "complex128": "float64"}.get(matrix.dtype.name, matrix.dtype.name)
    if plan not in _PLANS:
        raise ValueError(f"tf.linalg.expm does not support matrices of type {matrix.dtype}")
    largest, orders, limits = _PLANS[plan]
    matrix = _reshaped(matrix, [int(numpy.prod(shape[:-2]))] + shape[-2:])
    absolute = "ComplexAbs" if matrix.dtype.is_complex else "Abs"
    size = _run("Max", _run("Sum", _run(absolute, matrix), axis=[1]), axis=[-1])
    size = _reshaped(size, [-1, 1, 1])
    two = _number(2.0, size)
    scale = _run("RealDiv", _run("Log", _run("RealDiv", size, _number(largest, size))), _run("Log", two))
    squarings = _run("Maximum", _run("Floor", scale), _number(0.0, size))
    scaled = _run("RealDiv", matrix, cast_to(_run("Pow", two, squarings), matrix.dtype))
    parts = [_pade(scaled if order == orders[-1] else matrix, order) for order in orders]
    u = _nested_where(size, limits, [one for one, _ in parts])
    v = _nested_where(size, limits, [one for _, one in parts])
    if not numpy.isfinite(numpy.asarray(_tapescope.peek(size))).all():
        return _reshaped(_run("Fill", _number(numpy.nan, matrix), shape=list(matrix.shape)), shape)
    result = _run("MatrixSolve", _run("AddV2", _run("Neg", u), v), _run("AddV2", u, v))
    for step in range(int(numpy.asarray(_tapescope.peek(squarings)).max(initial=0))):
        again = _run("Less", _number(float(step), size), squarings)
        result = _run("SelectV2", again, times(result, result), result)
    return _reshaped(result, shape)
