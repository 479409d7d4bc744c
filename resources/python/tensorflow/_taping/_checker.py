# SPDX-License-Identifier: Apache-2.0
"""tf.test.compute_gradient: what a tape finds beside differences of the function itself, as
tensorflow/python/ops/gradient_checker_v2.py reckons both."""

import sys

import numpy

import _tapescope

_ALLOWED = ("float16", "bfloat16", "float32", "float64", "complex64", "complex128")


def _tf():
    return sys.modules["tensorflow"]


def _real(dtype):
    return dtype.real_dtype.as_numpy_dtype


def _parts(array, dtype):
    """The numbers as they lie in memory: a complex one is two."""
    return numpy.ascontiguousarray(array).reshape(-1).view(_real(dtype))


def _gradient(f, xs, param, dy):
    tf = _tf()
    with tf.GradientTape() as tape:
        tape.watch(xs[param])
        y = f(*xs)
    if not tf.is_tensor(y):
        return None
    return tape.gradient(y, xs[param], output_gradients=tf.constant(dy, y.dtype))


def _theoretical(f, shape, dtype, xs, param):
    x = xs[param]
    tf = _tf()
    dy = numpy.zeros(shape, dtype.as_numpy_dtype)
    place = dy.reshape(-1).view(_real(dtype))
    jacobian = numpy.zeros((place.size, _parts(x.numpy(), x.dtype).size), _real(x.dtype))
    for row in range(place.size):
        place[row] = 1
        gradient = _gradient(f, xs, param, dy)
        if gradient is not None:
            jacobian[row, :] = _parts(tf.convert_to_tensor(gradient).numpy(), x.dtype)
        place[row] = 0
    if place.size == 0:
        gradient = tf.convert_to_tensor(_gradient(f, xs, param, dy)).numpy()
        if gradient.shape != tuple(x.shape):
            raise ValueError("Empty gradient has wrong shape: expected %s, got %s" % (x.shape, gradient.shape))
        if numpy.any(gradient):
            raise ValueError("Empty tensor with nonzero gradients")
    return jacobian


def _numeric(f, shape, dtype, xs, param, delta):
    tf = _tf()
    arrays = [numpy.array(x.numpy()) for x in xs]
    steps = _parts(arrays[param], xs[param].dtype)
    arrays[param] = steps.view(arrays[param].dtype).reshape(arrays[param].shape)
    scale = numpy.asarray(2 * delta, _real(dtype))[()]
    rows = int(numpy.prod(shape)) * (2 if dtype.is_complex else 1)
    jacobian = numpy.zeros((rows, steps.size), steps.dtype)
    value = lambda: numpy.asarray(f(*(tf.convert_to_tensor(one) for one in arrays)))
    for column, original in enumerate(steps.tolist() if steps.dtype.kind == "f" else steps):
        steps[column] += delta
        above = value()
        steps[column] = original
        steps[column] -= delta
        below = value()
        steps[column] = original
        jacobian[:, column] = _parts((above - below) / scale, dtype)
    return jacobian


def _require(dtype, whose):
    assert dtype.name in _ALLOWED, f"Cannot compute gradient for unsupported type {dtype.name} of {whose}"


def compute_gradient(f, x, delta=None):
    if not isinstance(x, (list, tuple)):
        raise ValueError(
            f"`x` must be a list or tuple of values convertible to a Tensor (arguments to `f`), not a {type(x)}"
        )
    delta = 1.0 / 1024 if delta is None else delta
    xs = [_tapescope.tensor(one, None) for one in x]
    y = f(*xs)
    found = []
    for param, one in enumerate(xs):
        shape, dtype = list(y.shape), _tapescope.as_dtype(y.dtype)
        _require(one.dtype, f"argument {param}")
        _require(dtype, "y")
        found.append((_theoretical(f, shape, dtype, xs, param), _numeric(f, shape, dtype, xs, param, delta)))
    return tuple(zip(*found))
