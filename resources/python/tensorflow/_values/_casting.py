# SPDX-License-Identifier: Apache-2.0
"""tf.saturate_cast: casts of what lies outside go to the nearest end of the dtype (math_ops.py)."""

import sys

import _tapescope

from tensorflow._mathematics import _clipping
from tensorflow._running._fold import folded
from tensorflow._values import _dtypes


@folded("saturate_cast")
def saturate_cast(value, dtype, name=None):
    value = _tapescope.tensor(value)
    dtype = _dtypes.as_dtype(dtype)
    if value.dtype.is_complex and not dtype.is_complex:
        sys.stderr.write("WARNING:tensorflow:Casting complex to real discards imaginary part.\n")
        value = _tapescope.functions["cast"](value, value.dtype.real_dtype)
    if not value.dtype.is_complex:
        own, ends = value.dtype, dtype.real_dtype
        low = _within(own, max(own.min, ends.min), ends)
        high = _within(own, min(own.max, ends.max), ends)
        value = _clipping.clip_by_value(value, _tapescope.constant(low, own), _tapescope.constant(high, own))
    return _tapescope.run("Cast", value, dtype=dtype)


def _within(own, end, ends):
    """The end as a number that `own` has, toward zero where it rounds out of the range."""
    if not own.is_floating:
        return int(end)
    import numpy

    if own.name == "bfloat16":
        bits = numpy.array([end], numpy.float32).view(numpy.uint32) & numpy.uint32(0xFFFF0000)
        number = bits.view(numpy.float32)[0]
        exact = numpy.nextafter(number, numpy.float32(0)) if not ends.min <= float(number) <= ends.max else number
        bits = numpy.array([exact], numpy.float32).view(numpy.uint32) & numpy.uint32(0xFFFF0000)
        return float(bits.view(numpy.float32)[0])
    kind = own.as_numpy_dtype
    number = kind(end)
    outside = int(number) < ends.min or int(number) > ends.max if ends.is_integer else False
    return float(numpy.nextafter(number, kind(0)) if outside else number)
