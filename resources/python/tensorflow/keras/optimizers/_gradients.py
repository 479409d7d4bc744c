# SPDX-License-Identifier: Apache-2.0
"""What optimizers do to gradients before the rule: clipping and adding up, operation by operation as Keras 3 does."""

import contextlib

import _tapescope

from tensorflow._mathematics import _clipping
from tensorflow._running._fold import folded
from tensorflow._values._slices import values_of

_run = _tapescope.run


@contextlib.contextmanager
def in_cond(names, otherwise=None):
    """What is raised inside was called by Keras's Cond, which says what it was given: two functions of these names, or the other one
    as it is."""
    try:
        yield
    except Exception as error:
        from tensorflow.keras import _calling

        functions = [_named(name) for name in names] + ([] if otherwise is None else [otherwise])
        given = (_tapescope.tensor(True, "bool"), *functions)
        raise _calling.explained(error, lambda *args, **kwargs: None, "Cond.call()", given, {}) from None


def _named(name):
    def function():
        return None

    function.__qualname__ = name
    return function


def clipped(optimizer, grads):
    if optimizer.clipnorm and optimizer.clipnorm > 0:
        return _each(grads, lambda gradient: _clipping.clip_by_norm(gradient, optimizer.clipnorm))
    if optimizer.global_clipnorm and optimizer.global_clipnorm > 0:
        return _by_global_norm(grads, optimizer.global_clipnorm)
    limit = optimizer.clipvalue
    if limit and limit > 0:
        return _each(grads, lambda gradient: _clipping.clip_by_value(gradient, -limit, limit))
    return grads


def _each(grads, change):
    return [gradient if gradient is None else change(gradient) for gradient in grads]


def _tensor(gradient):
    return _tapescope.tensor(gradient, None)


@folded("clip_by_global_norm")
def _by_global_norm(grads, limit):
    """Keras's own: the norm is of sums of squares, not of TensorFlow's halves of them."""
    squares = [_run("Sum", _run("Square", _tensor(values_of(gradient)))) for gradient in grads if gradient is not None]
    norm = _run("Sqrt", _run("Sum", _run("Pack", *squares)))
    scale = limit * _run("Minimum", 1.0 / norm, _tapescope.tensor(1.0 / limit, norm.dtype))
    scale = scale + (norm - norm)
    return _each(grads, lambda gradient: _scaled(gradient, scale))


def _scaled(gradient, scale):
    """Slices become a tensor here, since nothing multiplies them."""
    values = _tensor(gradient)
    return _run("Mul", values, scale if scale.dtype == values.dtype else _run("Cast", scale, dtype=values.dtype.name))


def overwrite(optimizer, gradient, variable):
    """The variable becomes its gradient, the largest one of those that are accumulated; nothing is left for the rule."""
    steps = optimizer.gradient_accumulation_steps
    if not steps:
        variable.assign(gradient)
        return None
    (kept,) = optimizer._accumulators_of([variable])
    largest = _run("Maximum", _tensor(gradient), kept.value)
    if (int(optimizer._iterations) + 1) % steps == 0:
        variable.assign(largest)
        kept.assign(largest * 0)
    else:
        kept.assign(largest)
    return None


def averaged(grads, accumulators, steps):
    return [
        gradient if gradient is None else (_tensor(gradient) + accumulator.value) / steps
        for gradient, accumulator in zip(grads, accumulators)
    ]


def accumulate(grads, accumulators):
    for gradient, accumulator in zip(grads, accumulators):
        if gradient is not None:
            accumulator.assign(accumulator.value + _tensor(gradient))
