# SPDX-License-Identifier: Apache-2.0
"""How values print. TensorFlow prints through numpy; recordings come from numpy 2, so arrays are written its way."""

import _tapescope

from tensorflow._values import _dtypes

_installed = False


def install():
    """From here on numpy's own arrays print as those of numpy 2 do: with the shape where elements are left out."""
    global _installed
    import numpy

    if not _installed:
        _installed = True
        if hasattr(numpy, "set_string_function"):
            numpy.set_string_function(array_repr, repr=True)
            _tapescope.modernize_scalars()
    return numpy


def array_repr(array, dtype=None, formatter=None):
    """numpy 2's text of an array; `dtype` names one that numpy does not know."""
    import numpy

    options = numpy.get_printoptions()
    name = "array" if type(array) in (numpy.ndarray, BFloat16Array.made) else type(array).__name__
    prefix = name + "("
    if array.size > 0 or array.shape == (0,):
        text = numpy.array2string(array, separator=", ", prefix=prefix, suffix=")", formatter=formatter)
    else:
        text = "[]"
    extras = []
    if (array.size == 0 and array.shape != (0,)) or array.size > options["threshold"]:
        extras.append(f"shape={array.shape}")
    if dtype is not None:
        extras.append(f"dtype={dtype}")
    elif array.size == 0 or not numpy.core.arrayprint.dtype_is_implied(array.dtype):
        extras.append(f"dtype={numpy.core.arrayprint.dtype_short_repr(array.dtype)}")
    if not extras:
        return f"{prefix}{text})"
    extra = ", ".join(extras) + ")"
    begun = f"{prefix}{text},"
    last = len(begun) - (begun.rfind("\n") + 1)
    gap = "\n" + " " * len(prefix) if last + len(extra) + 1 > options["linewidth"] else " "
    return begun + gap + extra


class BFloat16Array:
    """Makes arrays of float32 that print as ml_dtypes' bfloat16 does; what is computed from them is plain float32."""

    made = None

    def __new__(cls, array):
        numpy = install()
        if cls.made is None:
            cls.made = type("ndarray", (numpy.ndarray,), {"__repr__": _bfloat16_repr, "__str__": _bfloat16_str,
                                                          "__array_wrap__": _plain, "__getitem__": _item})
        return array.view(cls.made)


def _digits(number):
    return "%g" % number


def _bfloat16_repr(array):
    return array_repr(array, "bfloat16", {"float_kind": _digits})


def _bfloat16_str(array):
    import numpy

    return numpy.array2string(array, formatter={"float_kind": _digits})


def _plain(array, result, context=None):
    import numpy

    return numpy.asarray(result).view(numpy.ndarray)[()]


def _item(array, index):
    import numpy

    part = numpy.ndarray.__getitem__(array, index)
    return part if isinstance(part, numpy.ndarray) else _dtypes.bfloat16(part)


def bfloat16_array(array):
    return _dtypes.bfloat16(array[()]) if array.shape == () else BFloat16Array(array)


def object_array(items, shape):
    array = install().empty(len(items), "object")
    array[...] = items
    return array.reshape(shape)


def text(value, is_repr):
    """numpy_text of TensorFlow: scalars as Python's in a repr, as numpy's in a str."""
    if is_repr and hasattr(value, "item") and getattr(value, "shape", ()) == ():
        value = value.item()
    elif hasattr(value, "shape"):
        install()
    result = repr(value) if is_repr else str(value)
    return "\n" + result if "\n" in result else result
