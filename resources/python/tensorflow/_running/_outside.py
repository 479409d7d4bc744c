# SPDX-License-Identifier: Apache-2.0
"""Python that TensorFlow calls while it computes: py_function and numpy_function."""

import builtins
import contextlib
import sys

import numpy

import _tapescope

from tensorflow._chance import _seeds
from tensorflow._running import _found, _function, _gradients
from tensorflow._values import _nest

_State = _function._State


def _tf():
    return sys.modules["tensorflow"]


class _Outside:
    """While it lasts, no function is being traced or runs again."""

    def __enter__(self):
        self._found = _found.Outside()
        self._found.__enter__()
        self._gradients = _gradients.Outside()
        self._gradients.__enter__()
        self._depth, self._print = _State.depth, builtins.print
        self._random = _seeds.Inside(None)
        self._random.__enter__()
        self._values = _tapescope.trace_since(_tapescope.NEVER, {})
        _State.outside += 1
        _State.depth = 0
        builtins.print = _function._PRINT

    def __exit__(self, kind, value, traceback):
        self._found.__exit__(kind, value, traceback)
        self._gradients.__exit__(kind, value, traceback)
        _State.depth, builtins.print = self._depth, self._print
        _tapescope.trace_since(*self._values)
        return self._random.__exit__(kind, value, traceback)


def outside():
    """For Python that is called from wherever it may be."""
    return _Outside() if _function.inside_function() else contextlib.nullcontext()


class Unseen(Exception):
    """What something looks like cannot be told without Python that the script has not asked for yet."""


class _Looking:
    on = False


@contextlib.contextmanager
def looking():
    """While it lasts, no variable changes, nor is Python called that TensorFlow would only call when it computes."""
    before, _Looking.on = _Looking.on, True
    _tapescope.forbid_assignments(True)
    try:
        yield
    finally:
        _Looking.on = before
        _tapescope.forbid_assignments(before)


@contextlib.contextmanager
def untraced():
    """While it lasts, functions run as Python: none of them keeps that it was called, and with what."""
    before, _State.eager = _State.eager, True
    try:
        yield
    finally:
        _State.eager = before


def refuse_looking():
    if _Looking.on:
        raise Unseen


def _wanted(result, Tout):
    several = isinstance(Tout, (list, tuple))
    if not several:
        return _tf().convert_to_tensor(result, dtype=Tout)
    results = list(result) if isinstance(result, (list, tuple)) else [] if result is None else [result]
    return [_tf().convert_to_tensor(one, dtype=dtype) for one, dtype in zip(results, Tout)]


def py_function(func=None, inp=None, Tout=None, name=None):
    refuse_looking()
    tensors = [_tf().convert_to_tensor(one) for one in inp]
    try:
        with _Outside():
            result = func(*tensors)
        return _wanted(result, Tout)
    except Exception as problem:
        kind = "InvalidArgumentError" if isinstance(problem, (ValueError, TypeError)) else "UnknownError"
        text = (
            f"{{{{function_node __wrapped__EagerPyFunc_Tin_{len(tensors)}_Tout_"
            f"{len(Tout) if isinstance(Tout, (list, tuple)) else 1}_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} "
            f"{type(problem).__name__}: {problem}"
        )
        raise getattr(_tf().errors, kind)(None, None, text) from problem


def numpy_function(func=None, inp=None, Tout=None, stateful=True, name=None):
    """The values leave TensorFlow: no gradient comes back."""
    refuse_looking()
    tensors = [one if _tapescope.is_tensor(one) else None for one in inp]
    arrays = [numpy.asarray(one) for one in inp]
    with _Outside():
        result = func(*arrays)
    results = _nest.flatten(result)
    for one in results:
        for tensor in tensors:
            if tensor is not None and one is not None and _function._is_array(one):
                _tapescope.came_from(one, tensor)
    converted = [one if one is None else _tf().convert_to_tensor(one) for one in results]
    return converted[0] if len(converted) == 1 else converted
