# SPDX-License-Identifier: Apache-2.0
"""What a call of a layer was given: the arguments by name, those that are tensors, and what an error says of them."""

import contextlib
import inspect

import _tapescope

from tensorflow._values import _nest
from tensorflow.keras._variable import standardize_dtype, standardize_shape


def _shown(value):
    if _tapescope.is_tensor(value):
        return f"tf.Tensor(shape={value.shape}, dtype={standardize_dtype(value.dtype)})"
    return repr(value)


def explained(error, function, shown, args, kwargs):
    """The error, with the arguments of the innermost call that it came from."""
    if hasattr(error, "_keras_call_info_injected"):
        return error
    try:
        bound = inspect.signature(function).bind(*args, **kwargs)
    except TypeError:
        return error
    lines = []
    for name, parameter in bound.signature.parameters.items():
        value = _nest.map_structure(_shown, bound.arguments[name]) if name in bound.arguments else parameter.default
        lines.append(f"  • {name}={value}")
    if not lines:
        return error
    message = getattr(error, "message", None)
    if message is None:
        message = error.args[0] if error.args else ""
    text = (
        f"Exception encountered when calling {shown}.\n\n\x1b[1m{message}\x1b[0m\n\nArguments received by {shown}:\n"
        + "\n".join(lines)
    )
    raised = _again(error, text)
    raised._keras_call_info_injected = True
    return raised.with_traceback(error.__traceback__)


def _again(error, text):
    """An error of the same class that says `text`."""
    kind = type(error)
    if hasattr(error, "node_def"):
        return kind(error.node_def, error.op, text)
    try:
        return kind(text)
    except TypeError:
        return RuntimeError(text)


def is_tensor(value):
    """A tensor, or a KerasTensor."""
    return _tapescope.is_tensor(value) or hasattr(value, "record_history")


class CallContext:
    """Of the outermost call: what those inside take over from it."""

    def __init__(self, layer):
        self.layer = layer
        self.values = {}


class CallSpec:
    def __init__(self, signature, context_args, args, kwargs):
        apart = {name: kwargs.pop(name) for name in context_args if name in kwargs and name not in signature.parameters}
        bound = signature.bind(*args, **kwargs)
        self.given = {**apart, **bound.arguments}
        bound.apply_defaults()
        self.arguments = dict(bound.arguments)
        self.tensors = {}
        self._nested = set()
        for name, value in self.arguments.items():
            if is_tensor(value):
                self.tensors[name] = value
            elif _nest.is_nested(value) and len(value) > 0:
                self._look_into(name, value)
        self.first = next(iter(self.arguments.values()), None)
        self.eager = all(_tapescope.is_tensor(value) for value in self.tensors.values())

    def _look_into(self, name, value):
        leaves = _nest.flatten(value)
        if all(leaf is None or is_tensor(leaf) for leaf in leaves):
            self.tensors[name] = value
            self._nested.add(name)
        elif any(is_tensor(leaf) for leaf in leaves):
            raise ValueError(
                "In a nested call() argument, you cannot mix tensors and non-tensors. Received invalid mixed argument: "
                f"{name}={value}"
            )

    def shapes(self):
        """{"inputs_shape": (2, 3)} of all arguments that are tensors."""
        found = {}
        for name, value in self.tensors.items():
            if name not in ("mask", "kwargs", "args"):
                found[f"{name}_shape"] = _nest.map_structure(_shape_of, value) if name in self._nested else _shape_of(value)
        return found


class _Open:
    batch = None  # the size of the batch in which layers are built as if it had none


@contextlib.contextmanager
def open_batch(data):
    """Layers that are built inside do not learn how many examples `data` has: as in a function that was traced for any number."""
    before = _Open.batch
    shapes = [one.shape for one in _nest.flatten(data) if getattr(one, "shape", None)]
    _Open.batch = shapes[0][0] if shapes else None
    try:
        yield
    finally:
        _Open.batch = before


def _shape_of(tensor):
    if tensor is None:
        return None
    shape = standardize_shape(tensor.shape)
    return (None, *shape[1:]) if shape and _Open.batch is not None and shape[0] == _Open.batch else shape


def shapes_for(target, shapes, spec, class_name):
    """The shapes as the arguments of build() or compute_output_shape()."""
    parameters = inspect.signature(target).parameters.values()
    names = [one.name for one in parameters if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)]
    if len(names) == 1:
        return {names[0]: next(iter(shapes.values()), None)}
    method = target.__name__
    preamble = (
        f"For a `{method}()` method with more than one argument, all arguments should have a `_shape` suffix and match an "
        f"argument from `call()`. E.g. `{method}(self, foo_shape, bar_shape)`  For layer '{class_name}', "
    )
    chosen = {}
    for name in names:
        if not name.endswith("_shape"):
            raise ValueError(f"{preamble}Received `{method}()` argument `{name}`, which does not end in `_shape`.")
        argument = name[: -len("_shape")]
        if argument not in spec.arguments:
            raise ValueError(
                f"{preamble}received `{method}()` argument `{name}`, but `call()` does not have argument `{argument}`."
            )
        if name in shapes:
            chosen[name] = shapes[name]
    return chosen
