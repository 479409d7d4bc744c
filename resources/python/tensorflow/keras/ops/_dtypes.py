# SPDX-License-Identifier: Apache-2.0
"""Which dtype operands of several have together: keras/src/backend/common/dtypes.py, which follows JAX. Numbers of Python's
take part without a size of their own."""

import tensorflow as tf
from tensorflow.keras._ops import floatx

_UNSIGNED = ("uint8", "uint16", "uint32", "uint64")
_SIGNED = ("int8", "int16", "int32", "int64")
_FLOATS = ("float16", "float32", "float64")


def named(dtype):
    """The name of a dtype, "int" or "float" for those of Python's numbers."""
    if isinstance(dtype, type) and dtype in (bool, int, float):
        return dtype.__name__
    name = getattr(dtype, "name", None)
    if name is None:
        name = dtype if isinstance(dtype, str) else tf.as_dtype(dtype).name
    return name


def _integers(names):
    unsigned = max((_UNSIGNED.index(name) for name in names if name in _UNSIGNED), default=None)
    signed = max((_SIGNED.index(name) for name in names if name in _SIGNED), default=None)
    if unsigned is None:
        return _SIGNED[signed]
    if signed is None:
        return _UNSIGNED[unsigned]
    together = max(signed, unsigned + 1)
    return _SIGNED[together] if together < len(_SIGNED) else floatx()


def result_type(*dtypes):
    """The dtype of the result; "float" stands for Python's float, "int" for its int."""
    names = [named(dtype) for dtype in dtypes]
    for name in ("complex128", "complex64"):
        if name in names:
            return name
    if "float" in names or any("float" in name for name in names):
        sized = [name for name in names if name in _FLOATS or name == "bfloat16"]
        if not sized:
            return floatx()
        if "bfloat16" in sized:
            others = [name for name in sized if name != "bfloat16"]
            return max([*others, "float32"], key=_FLOATS.index) if others else "bfloat16"
        return max(sized, key=_FLOATS.index)
    sized = [name for name in names if name in _UNSIGNED or name in _SIGNED]
    if sized:
        return _integers(sized)
    return "int32" if "int" in names else "bool"


def of(value):
    """What an operand brings to result_type."""
    return getattr(value, "dtype", type(value))


def tensor(value, dtype=None):
    dtype = None if dtype is None else named(dtype)
    if not tf.is_tensor(value):
        value = tf.convert_to_tensor(value, None if hasattr(value, "dtype") else dtype)
    return value if dtype is None else tf.cast(value, dtype)


def operand(value):
    """Numbers of Python's stay what they are until the dtype is known."""
    return value if isinstance(value, (int, float)) else tensor(value)


def together(*values, also=()):
    """The operands in their common dtype."""
    values = [operand(value) for value in values]
    dtype = result_type(*map(of, values), *also)
    return [tensor(value, dtype) for value in values]


def floating(value):
    """Integers and truth values as floats."""
    value = tensor(value)
    return value if value.dtype.is_floating or value.dtype.is_complex else tf.cast(value, floatx())
