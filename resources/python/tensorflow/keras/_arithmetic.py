# SPDX-License-Identifier: Apache-2.0
"""What the signs do between a variable of Keras and something else: the functions of keras.ops, which find a common dtype.
Where there is nothing to find, the sign of tensors itself."""

import operator

import _tapescope

_FUNCTIONS = {
    "add": "add", "sub": "subtract", "mul": "multiply", "truediv": "divide", "floordiv": "floor_divide", "mod": "mod",
    "pow": "power", "matmul": "matmul", "and": "logical_and", "or": "logical_or", "xor": "logical_xor", "lt": "less",
    "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal", "ne": "not_equal",
}
_COMPARING = ("lt", "le", "gt", "ge", "eq", "ne")


def _fits(value, other):
    """Do both have one dtype, numbers of Python's without a size of their own counted in?"""
    if _tapescope.is_tensor(other):
        return other.dtype == value.dtype
    return type(other) in (int, float) and (value.dtype.is_floating or (type(other) is int and value.dtype.is_integer))


def _applied(name, x, y, fits):
    import tensorflow as tf
    from tensorflow.keras import ops

    if name == "matmul":
        x, y = (one if _tapescope.is_tensor(one) else tf.convert_to_tensor(one) for one in (x, y))
        fits = fits and len(x.shape) == len(y.shape) == 2
    if fits and not (name == "truediv" and _whole(x, y)) and name not in ("and", "or", "xor"):
        return getattr(operator, name)(x, y)
    if name in ("eq", "ne") and (x is None or y is None):
        return getattr(operator, name)(x, y)
    x, y = (one if isinstance(one, (bool, int, float)) else tf.convert_to_tensor(one) for one in (x, y))
    return getattr(ops, _FUNCTIONS[name])(x, y)


def _whole(x, y):
    """Integers divided by integers, which are floats of Keras's kind."""
    return not any(isinstance(one, float) or (_tapescope.is_tensor(one) and one.dtype.is_floating) for one in (x, y))


def _rounded(value, digits):
    from tensorflow.keras import ops

    return ops.round(value, digits or 0)


def attach(cls, operand):
    """Gives a class of variables its signs; `operand` makes of one of them what counts."""

    def binary(name):
        def forward(self, other):
            value, other = operand(self), operand(other)
            return _applied(name, value, other, _fits(value, other))

        def backward(self, other):
            value, other = operand(self), operand(other)
            return _applied(name, other, value, _fits(value, other))

        return forward, backward

    for name in _FUNCTIONS:
        forward, backward = binary(name)
        setattr(cls, f"__{name}__", forward)
        if name not in _COMPARING:
            setattr(cls, f"__r{name}__", backward)
    cls.__neg__ = lambda self: -operand(self)
    cls.__abs__ = lambda self: abs(operand(self))
    cls.__invert__ = lambda self: ~operand(self)
    cls.__round__ = lambda self, ndigits=None: _rounded(operand(self), ndigits)
    cls.__pos__ = lambda self: _tapescope.tensor(operand(self))
