# SPDX-License-Identifier: Apache-2.0
"""Operands of mathematical functions: tensors of them, their dtypes, and numbers that Python needs."""

import _tapescope

run = _tapescope.run
tensor = _tapescope.tensor
_COMPLEX = ("complex64", "complex128")


def hinted(value, dtype):
    """A tensor of that dtype if the value can be one, else of its own."""
    if not _tapescope.is_tensor(value):
        try:
            return tensor(value, dtype)
        except (TypeError, ValueError):
            pass
    return tensor(value)


def integer(value):
    """Of a number or a tensor, which does not leave TensorFlow by it."""
    return int(_tapescope.peek(value) if _tapescope.is_tensor(value) else value)


def cast(tensor, dtype):
    return tensor if tensor.dtype == dtype else run("Cast", tensor, dtype=dtype)


def is_complex(tensor):
    return tensor.dtype.name in _COMPLEX


def is_numeric(dtype):
    return dtype.is_floating or dtype.is_integer or dtype.name in _COMPLEX


def like(value, other):
    return tensor(value, other.dtype)


def cast_to(value, dtype):
    """The tensor itself where it has this dtype."""
    return value if value.dtype == dtype else run("Cast", value, dtype=dtype)


def one_of(op, kinds, value):
    """The value as a tensor of one of two dtypes, as transforms require."""
    tensor = _tapescope.tensor(value, None, kinds[0])
    if tensor.dtype.name not in kinds:
        raise ValueError(f"{op} requires tf.{kinds[0]} or tf.{kinds[1]} inputs, got: {tensor!s}")
    return tensor
