# SPDX-License-Identifier: Apache-2.0
"""keras.constraints: what a weight is put back into after each update."""

import _tapescope

from tensorflow._running._fold import folded
from tensorflow.keras import _ops
from tensorflow.keras._named import from_class_name, looked_up, named_classes, reduced
from tensorflow.keras.optimizers._saving import packed

_run = _tapescope.run


def _norms(w, axis):
    return _run("Sqrt", _ops.total(_run("Square", w), axis, True))


class Constraint:
    def __call__(self, w):
        return w

    def get_config(self):
        return {}

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def __reduce__(self):
        return reduced(self, "constraints")


class MaxNorm(Constraint):
    def __init__(self, max_value=2, axis=0):
        self.max_value, self.axis = max_value, axis

    @folded("keras.constraints.MaxNorm")
    def __call__(self, w):
        w = _ops.tensor(w)
        norms = _norms(w, self.axis)
        return w * (_ops.clip(norms, 0, self.max_value) / (_ops.EPSILON + norms))

    def get_config(self):
        return {"max_value": self.max_value, "axis": self.axis}


class NonNeg(Constraint):
    def __call__(self, w):
        return _ops.maximum(_ops.tensor(w), 0)


class UnitNorm(Constraint):
    def __init__(self, axis=0):
        self.axis = axis

    @folded("keras.constraints.UnitNorm")
    def __call__(self, w):
        w = _ops.tensor(w)
        return w / (_ops.EPSILON + _norms(w, self.axis))

    def get_config(self):
        return {"axis": self.axis}


class MinMaxNorm(Constraint):
    def __init__(self, min_value=0.0, max_value=1.0, rate=1.0, axis=0):
        self.min_value, self.max_value, self.rate, self.axis = min_value, max_value, rate, axis

    @folded("keras.constraints.MinMaxNorm")
    def __call__(self, w):
        w = _ops.tensor(w)
        norms = _norms(w, self.axis)
        desired = self.rate * _ops.clip(norms, self.min_value, self.max_value) + (1 - self.rate) * norms
        return w * (desired / (_ops.EPSILON + norms))

    def get_config(self):
        return {"min_value": self.min_value, "max_value": self.max_value, "rate": self.rate, "axis": self.axis}


for _class in (Constraint, MaxNorm, NonNeg, UnitNorm, MinMaxNorm):
    _class.__module__ = "keras.src.constraints.constraints"
max_norm, non_neg, unit_norm, min_max_norm = MaxNorm, NonNeg, UnitNorm, MinMaxNorm
_NAMES = {**named_classes(Constraint, MaxNorm, NonNeg, UnitNorm, MinMaxNorm), "NonNegative": NonNeg}


def serialize(constraint):
    return packed(constraint, "keras.constraints")


def deserialize(config, custom_objects=None):
    return from_class_name(config, _NAMES, custom_objects)


def get(identifier):
    return looked_up(identifier, _NAMES, "constraint", deserialize)
