# SPDX-License-Identifier: Apache-2.0
"""keras.InputSpec: what a layer asks of its inputs, and the complaint about others."""

from tensorflow._values import _nest
from tensorflow.keras._variable import standardize_dtype, standardize_shape


class InputSpec:
    def __init__(
        self, dtype=None, shape=None, ndim=None, max_ndim=None, min_ndim=None, axes=None, allow_last_axis_squeeze=False,
        name=None, optional=False,
    ):
        self.dtype = standardize_dtype(dtype) if dtype is not None else None
        self.shape = standardize_shape(shape) if shape is not None else None
        self.ndim = len(self.shape) if shape is not None else ndim
        self.max_ndim, self.min_ndim = max_ndim, min_ndim
        self.name, self.optional = name, optional
        self.allow_last_axis_squeeze = allow_last_axis_squeeze
        try:
            self.axes = {int(axis): axes[axis] for axis in axes or {}}
        except (TypeError, ValueError) as error:
            raise TypeError(f"Argument `axes` must be a dict with integer keys. Received: axes={axes}") from error
        most = self.ndim if self.ndim is not None else max_ndim
        if self.axes and most is not None and max(self.axes) > most - 1:
            raise ValueError(f"Axis {max(self.axes)} is greater than the maximum allowed value: {most - 1}")

    def __repr__(self):
        facts = [
            ("dtype=" + str(self.dtype)) if self.dtype else "", ("shape=" + str(self.shape)) if self.shape else "",
            ("ndim=" + str(self.ndim)) if self.ndim else "", ("max_ndim=" + str(self.max_ndim)) if self.max_ndim else "",
            ("min_ndim=" + str(self.min_ndim)) if self.min_ndim else "", ("axes=" + str(self.axes)) if self.axes else "",
        ]
        return f"InputSpec({', '.join(fact for fact in facts if fact)})"


InputSpec.__module__ = "keras.src.layers.input_spec"


def check(specs, inputs, layer):
    """ValueError where `inputs` are not what the layer's `specs` ask for."""
    specs = _nest.flatten(specs)
    if isinstance(inputs, dict):
        names = [spec.name for spec in specs]
        if all(names):
            inputs = [_named_input(inputs, name, names) for name in names]
    inputs = _nest.flatten(inputs)
    if len(inputs) != len(specs):
        _refuse_count(specs, inputs, layer)
    for index, (value, spec) in enumerate(zip(inputs, specs)):
        if spec is None or (value is None and spec.optional):
            continue
        if not hasattr(value, "shape"):
            raise ValueError(
                f"Inputs to a layer should be tensors. Got '{value}' (of type {type(value)}) as input for layer '{layer}'."
            )
        shape = standardize_shape(value.shape)
        wrong = _wrong_rank(spec, shape) or _wrong_dtype(spec, value) or _wrong_axes(spec, shape) or _wrong_sizes(spec, shape)
        if wrong:
            raise ValueError(
                f"Input {index} with name '{spec.name}' of layer '{layer}' is incompatible with the layer: expected {wrong}"
            )


def _named_input(inputs, name, names):
    if name not in inputs:
        raise ValueError(
            f'Missing data for input "{name}". You passed a data dictionary with keys {list(inputs.keys())}. Expected the '
            f"following keys: {names}"
        )
    return inputs[name]


def _refuse_count(specs, inputs, layer):
    names = [spec.name for spec in specs if spec is not None]
    if len(names) == len(specs) and all(names):
        example = ", ".join(f"'{name}': ..." for name in names)
        raise ValueError(
            f'Layer "{layer}" expects {len(specs)} named input(s) with keys {names}, but it received {len(inputs)} input '
            "tensors. Pass inputs as a dict, e.g. `layer({" + example + "})`."
        )
    raise ValueError(
        f'Layer "{layer}" expects {len(specs)} input(s), but it received {len(inputs)} input tensors. Inputs received: {inputs}'
    )


def _wrong_rank(spec, shape):
    rank = len(shape)
    if spec.ndim is not None and not spec.allow_last_axis_squeeze and rank != spec.ndim:
        return f"ndim={spec.ndim}, found ndim={rank}. Full shape received: {shape}"
    if spec.max_ndim is not None and rank > spec.max_ndim:
        return f"max_ndim={spec.max_ndim}, found ndim={rank}"
    if spec.min_ndim is not None and rank < spec.min_ndim:
        return f"min_ndim={spec.min_ndim}, found ndim={rank}. Full shape received: {shape}"
    return None


def _wrong_dtype(spec, value):
    dtype = standardize_dtype(value.dtype)
    return f"dtype={spec.dtype}, found dtype={dtype}" if spec.dtype is not None and dtype != spec.dtype else None


def _wrong_axes(spec, shape):
    for axis, size in spec.axes.items():
        if size is not None and shape[axis] not in (size, None):
            return f"axis {axis} of input shape to have value {size}, but received input with shape {shape}"
    return None


def _wrong_sizes(spec, shape):
    if spec.shape is None:
        return None
    wanted = spec.shape
    if spec.allow_last_axis_squeeze:
        shape = shape[:-1] if shape and shape[-1] == 1 else shape
        wanted = wanted[:-1] if wanted and wanted[-1] == 1 else wanted
    for size, found in zip(wanted, shape):
        if size is not None and found is not None and size != found:
            return f"shape={spec.shape}, found shape={shape}"
    return None
