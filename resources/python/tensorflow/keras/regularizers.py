# SPDX-License-Identifier: Apache-2.0
"""keras.regularizers: penalties on weights and activations."""

import math

import _tapescope

from tensorflow._running._fold import folded
from tensorflow.keras import _ops
from tensorflow.keras._named import from_class_name, looked_up, named_classes, reduced
from tensorflow.keras.optimizers._saving import packed

_run = _tapescope.run


def _penalty(value, name):
    if not isinstance(value, (float, int)) or math.isinf(value) or math.isnan(value) or value < 0:
        raise ValueError(f"Invalid value for argument {name}: expected a non-negative float.Received: {name}={value}")
    return float(value)


def _like(number, x):
    return _tapescope.tensor(number, x.dtype)


class Regularizer:
    def __call__(self, x):
        return 0.0

    def get_config(self):
        raise NotImplementedError(f"{self} does not implement get_config()")

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def __reduce__(self):
        return reduced(self, "regularizers")


class L1L2(Regularizer):
    def __init__(self, l1=0.0, l2=0.0):
        self.l1 = _penalty(0.0 if l1 is None else l1, "l1")
        self.l2 = _penalty(0.0 if l2 is None else l2, "l2")

    @folded("keras.regularizers.L1L2")
    def __call__(self, x):
        x = _ops.tensor(x)
        total = _like(0.0, x)
        if self.l1:
            total += self.l1 * _ops.total(_run("Abs", x))
        if self.l2:
            total += self.l2 * _ops.total(_run("Square", x))
        return total

    def get_config(self):
        return {"l1": self.l1, "l2": self.l2}


class L1(Regularizer):
    def __init__(self, l1=0.01):
        self.l1 = _tapescope.tensor(_penalty(0.01 if l1 is None else l1, "l1"))

    @folded("keras.regularizers.L1")
    def __call__(self, x):
        return _ops.cast(self.l1, x.dtype) * _ops.total(_run("Abs", x))

    def get_config(self):
        return {"l1": float(_tapescope.array(self.l1))}


class L2(Regularizer):
    def __init__(self, l2=0.01):
        self.l2 = _penalty(0.01 if l2 is None else l2, "l2")

    @folded("keras.regularizers.L2")
    def __call__(self, x):
        return _ops.cast(self.l2, x.dtype) * _ops.total(_run("Square", x))

    def get_config(self):
        return {"l2": self.l2}


class OrthogonalRegularizer(Regularizer):
    def __init__(self, factor=0.01, mode="rows"):
        self.factor = _tapescope.tensor(_penalty(factor, "factor"))
        if mode not in {"rows", "columns"}:
            raise ValueError(
                f'Invalid value for argument `mode`. Expected one of {{"rows", "columns"}}. Received: mode={mode}'
            )
        self.mode = mode

    @folded("keras.regularizers.OrthogonalRegularizer")
    def __call__(self, inputs):
        from tensorflow import eye, linalg

        if len(inputs.shape) != 2:
            raise ValueError(f"Inputs to OrthogonalRegularizer must have rank 2. Received: inputs.shape={inputs.shape}")
        rows = self.mode == "rows"
        inputs = linalg.l2_normalize(inputs, axis=1 if rows else 0)
        product = _run("MatMul", inputs, inputs, transpose_a=not rows, transpose_b=rows)
        size = inputs.shape[0 if rows else 1]
        product = product * (1.0 - eye(size, dtype=inputs.dtype))
        return self.factor * 0.5 * _ops.total(_run("Abs", product)) / (size * (size - 1.0) / 2.0)

    def get_config(self):
        return {"factor": float(_tapescope.array(self.factor)), "mode": self.mode}


for _class in (Regularizer, L1L2, L1, L2, OrthogonalRegularizer):
    _class.__module__ = "keras.src.regularizers.regularizers"
l1, l2, l1_l2, orthogonal_regularizer = L1, L2, L1L2, OrthogonalRegularizer
_NAMES = {**named_classes(Regularizer, L1, L2, L1L2, OrthogonalRegularizer)}


def serialize(regularizer):
    return packed(regularizer, "keras.regularizers")


def deserialize(config, custom_objects=None):
    return from_class_name(config, _NAMES, custom_objects)


def get(identifier):
    return looked_up(identifier, _NAMES, "regularizer", deserialize)
