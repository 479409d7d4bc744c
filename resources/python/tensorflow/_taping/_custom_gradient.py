# SPDX-License-Identifier: Apache-2.0
"""tf.custom_gradient and what TensorFlow makes of it: eager mode of tensorflow/python/ops/custom_gradient.py."""

import functools
import inspect

import _tapescope

from tensorflow._taping._tape import GradientTape, UnconnectedGradients
from tensorflow._values import _nest

_run = _tapescope.run


class _Suspended:
    """Nothing inside is recorded, on any tape."""

    def __enter__(self):
        _tapescope.suspend_recording()

    def __exit__(self, kind, value, traceback):
        _tapescope.resume_recording()


def _leaves(structure):
    return _nest.flatten(structure)


def _variables_read(f, args, kwargs):
    """The result, the way back, and the variables that were read on the way without being arguments."""
    _tapescope.begin_read_watch()
    try:
        result, grad_fn = f(*args, **kwargs)
    finally:
        read = _tapescope.end_read_watch()
    given = [*_leaves(args), *_leaves(kwargs)]
    return result, grad_fn, [one for one in read if all(one is not other for other in given)]


def _check_signature(grad_fn, variables):
    facts = inspect.getfullargspec(inspect.unwrap(grad_fn))
    if variables and "variables" not in facts.args and "variables" not in facts.kwonlyargs and not facts.varkw:
        raise TypeError(
            "@tf.custom_gradient grad_fn must accept keyword argument 'variables', since function uses variables: "
            f"{variables}"
        )


def _way_back(grad_fn, variables, count):
    def pullback(*gradients):
        if variables:
            input_grads, variable_grads = grad_fn(*gradients, variables=variables)
            if len(variable_grads) != len(variables):
                raise ValueError("Must return gradient for each variable from @custom_gradient grad_fn.")
        else:
            input_grads, variable_grads = grad_fn(*gradients), []
        flat = _leaves(input_grads)
        if len(flat) != count:
            raise ValueError(
                f"custom_gradient function expected to return {count} gradients, but returned {len(flat)} instead."
            )
        return [*flat, *variable_grads]

    return pullback


def _call(f, args, kwargs):
    result, grad_fn, variables = _variables_read(f, args, kwargs)
    _check_signature(grad_fn, variables)
    flat_args = _leaves(args)
    results = [_run("Identity", one) for one in _leaves(result)]
    inputs = [_tapescope.tensor(one, None) for one in [*flat_args, *variables]]
    name = getattr(f, "__name__", "custom_gradient")
    outputs = _tapescope.apply_custom(
        name, inputs, results, _way_back(grad_fn, variables, len(flat_args))
    )
    return _nest.pack_sequence_as(result, outputs)


class Bind:
    """A decorated function; as a method it is bound before it is called, so that `self` is no argument."""

    def __init__(self, f):
        functools.update_wrapper(self, f, updated=())
        self._f = f

    def __get__(self, instance, owner=None):
        return self if instance is None else custom_gradient(self._f.__get__(instance, owner))

    def __call__(self, *args, **kwargs):
        return _call(self._f, args, kwargs)


def custom_gradient(f=None):
    """Decorates a function that returns its result and a function for the way back."""
    if f is None:
        return custom_gradient
    return Bind(f)


def recompute_grad(f):
    """f without its intermediate results on the tape: the way back computes them again."""

    def inner(*args, **kwargs):
        with _Suspended():
            result = f(*args, **kwargs)

        def grad_wrapper(*wrapper_args, variables=None):
            @custom_gradient
            def inner_recompute_grad(*dresult):
                with GradientTape() as tape:
                    id_args = _nest.map_structure(lambda one: _run("Identity", one), args)
                    tape.watch(id_args)
                    if variables is not None:
                        tape.watch(variables)
                    recomputed = f(*id_args, **kwargs)
                kept = list(variables) if variables is not None else []
                grads = tape.gradient(
                    recomputed,
                    list(id_args) + kept,
                    output_gradients=dresult,
                    unconnected_gradients=UnconnectedGradients.ZERO,
                )

                def transpose(*t_args, **t_kwargs):
                    raise NotImplementedError(
                        f"recompute_grad tried to transpose grad of {f.__name__}. Consider not using recompute_grad in "
                        "forward modeautodiff"
                    )

                return (grads[: len(id_args)], grads[len(id_args):]), transpose

            return inner_recompute_grad(*wrapper_args)

        return result, grad_wrapper

    if hasattr(f, "__name__"):
        inner.__name__ = f.__name__
    return functools.update_wrapper(custom_gradient(inner), f, updated=())


def grad_pass_through(f):
    """f forward, the identity on the way back."""

    @custom_gradient
    def _grad_pass_through_op(*args, **kwargs):
        def grad(*args, **kwargs):
            variables = kwargs.get("variables")
            if variables is not None:
                return args, [None] * len(variables)
            return args

        return f(*args, **kwargs), grad

    return functools.update_wrapper(_grad_pass_through_op, f, assigned=("__name__", "__doc__"), updated=())


def stop_gradient(input, name=None):
    """The same value; the way back ends here."""
    with _Suspended():
        return _run("StopGradient", input)
