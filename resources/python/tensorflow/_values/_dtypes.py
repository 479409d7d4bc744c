# SPDX-License-Identifier: Apache-2.0
"""tf.DType and tf.dtypes: the element types, by TensorFlow's names and numbers."""

import sys

# name, number in TensorFlow's protocol, bytes, kind
TABLE = (
    ("float32", 1, 4, "f"), ("float64", 2, 8, "f"), ("int32", 3, 4, "i"), ("uint8", 4, 1, "u"), ("int16", 5, 2, "i"),
    ("int8", 6, 1, "i"), ("string", 7, 0, "s"), ("complex64", 8, 8, "c"), ("int64", 9, 8, "i"), ("bool", 10, 1, "b"),
    ("qint8", 11, 1, "q"), ("quint8", 12, 1, "q"), ("qint32", 13, 4, "q"), ("bfloat16", 14, 2, "f"),
    ("qint16", 15, 2, "q"), ("quint16", 16, 2, "q"), ("uint16", 17, 2, "u"), ("complex128", 18, 16, "c"),
    ("float16", 19, 2, "f"), ("resource", 20, 0, "h"), ("variant", 21, 0, "h"), ("uint32", 22, 4, "u"),
    ("uint64", 23, 8, "u"), ("float8_e5m2", 24, 1, "f"), ("float8_e4m3fn", 25, 1, "f"), ("int4", 29, 1, "i"),
    ("uint4", 30, 1, "u"),
)
ROWS = {number: (name, size, kind) for name, number, size, kind in TABLE}
OTHER_NAMES = {"half": "float16", "float": "float32", "double": "float64"}
# dtypes.py dtype_range: what images of a dtype hold
LIMITS = {
    "bool": (False, True), "uint8": (0, 255), "uint16": (0, 65535), "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1), "int8": (0, 127), "int16": (0, 32767), "int32": (0, 2**31 - 1),
    "int64": (0, 2**63 - 1), "float32": (0, 1), "float64": (0, 1),
}
SMALL_RANGES = {"float8_e5m2": (-57344, 57344), "float8_e4m3fn": (-448, 448), "int4": (-8, 7), "uint4": (0, 15)}


class bfloat16(float):
    """Stands for ml_dtypes.bfloat16, which this program has no package for: a float that prints as those do."""

    __module__ = "ml_dtypes"

    def __repr__(self):
        return "%g" % self

    __str__ = __repr__

    def __format__(self, how):
        return float.__format__(float(self), how)

    shape, ndim, size = (), 0, 1

    def item(self):
        return float(self)

    tolist = item

    def astype(self, dtype):
        import numpy

        return self if dtype is bfloat16 or str(dtype) == "bfloat16" else numpy.dtype(dtype).type(float(self))


class DType:
    __module__ = "tensorflow.python.framework.dtypes"
    __slots__ = ["_type_enum", "name", "size", "_kind"]

    def __init__(self, type_enum, handle_data=None):
        if type_enum not in ROWS:
            raise TypeError(f"type_enum is not a valid types_pb2.DataType: {type_enum}")
        self._type_enum = type_enum
        self.name, self.size, self._kind = ROWS[type_enum]

    @property
    def as_datatype_enum(self):
        return self._type_enum

    @property
    def as_numpy_dtype(self):
        if self.name == "string":
            return object
        if self.name == "bfloat16":
            return bfloat16
        if self._kind in "hq" or self.name in SMALL_RANGES:
            raise KeyError(self._type_enum)
        import numpy

        return getattr(numpy, "bool_" if self.name == "bool" else self.name)

    @property
    def is_numpy_compatible(self):
        return self._kind != "h"

    @property
    def is_floating(self):
        return self._kind == "f"

    @property
    def is_integer(self):
        return self._kind in "iu"

    @property
    def is_unsigned(self):
        return self._kind == "u"

    @property
    def is_complex(self):
        return self._kind == "c"

    @property
    def is_bool(self):
        return self._kind == "b"

    @property
    def is_quantized(self):
        return self._kind == "q"

    @property
    def is_numeric(self):
        return self._kind in "iufc"

    @property
    def base_dtype(self):
        return self

    @property
    def real_dtype(self):
        return {"complex64": ALL["float32"], "complex128": ALL["float64"]}.get(self.name, self)

    @property
    def min(self):
        return self._range("minimum")

    @property
    def max(self):
        return self._range("maximum")

    def _range(self, which):
        end = which == "maximum"
        if self._kind == "h":
            raise TypeError(f"Cannot find {which} value of {self}.")
        if self._kind == "q":
            raise TypeError(f"Cannot find {which} value of {self} with quantized type {self}.")
        if self._kind not in "iuf":
            raise TypeError(f"Cannot find {which} value of {self} with type {self}.")
        if self.name in SMALL_RANGES:
            return SMALL_RANGES[self.name][end]
        if self.name == "bfloat16":
            return bfloat16((2 - 2**-7) * 2.0**127 * (1 if end else -1))
        if self._kind == "f":
            import numpy

            return getattr(numpy.finfo(self.as_numpy_dtype), "max" if end else "min")
        bits = 8 * self.size - (self._kind == "i")
        return 2**bits - 1 if end else -(2**bits) if self._kind == "i" else 0

    @property
    def limits(self, clip_negative=True):
        if self._kind == "h":
            raise KeyError(self._type_enum)
        if self.name not in LIMITS:
            raise ValueError(str(self) + " does not have defined limits.")
        low, high = LIMITS[self.name]
        return (0 if clip_negative else low), high

    def is_compatible_with(self, other):
        return self._type_enum == as_dtype(other)._type_enum

    def is_subtype_of(self, other):
        return type(self) is type(other) and self._type_enum == other._type_enum

    def most_specific_common_supertype(self, others):
        return self if all(self == other for other in others) else None

    def __eq__(self, other):
        if other is None:
            return False
        if type(other) is not DType:
            try:
                other = as_dtype(other)
            except TypeError:
                return False
        return self._type_enum == other._type_enum

    def __ne__(self, other):
        return not self.__eq__(other)

    def __hash__(self):
        return self._type_enum

    def __int__(self):
        return self._type_enum

    def __repr__(self):
        return "tf." + self.name

    def __str__(self):
        return f"<dtype: {self.name!r}>"

    def __reduce__(self):
        return as_dtype, (self.name,)


ALL = {name: DType(number) for name, number, _, _ in TABLE}
NUMBERS = {dtype._type_enum: dtype for dtype in ALL.values()}
NAMES = {**ALL, **{other: ALL[name] for other, name in OTHER_NAMES.items()}}
PYTHON = {float: ALL["float32"], bool: ALL["bool"], object: ALL["string"], bfloat16: ALL["bfloat16"]}
EXPORTED = {name: dtype for name, dtype in NAMES.items() if name != "float" and name not in SMALL_RANGES}
float32 = ALL["float32"]
KINDS = {"O": "string", "U": "string", "S": "string"}


def as_dtype(type_value):
    """A DType for a DType, its name, its number, a Python or numpy type, or whatever has a dtype of numpy's."""
    if isinstance(type_value, DType):
        return type_value
    try:
        found = PYTHON.get(type_value) or NUMBERS.get(type_value) or NAMES.get(type_value)
    except TypeError:
        found = None
    if found is None:
        found = _from_numpy(type_value)
    if found is None:
        raise TypeError(f"Cannot convert the argument `type_value`: {type_value!r} to a TensorFlow DType.")
    return found


def _from_numpy(value):
    numpy = sys.modules.get("numpy")
    if numpy is None or isinstance(value, (str, bytes)):
        return None
    if isinstance(value, type) and issubclass(value, numpy.generic):
        value = numpy.dtype(value)
    elif isinstance(value, (numpy.ndarray, numpy.generic)):
        value = value.dtype
    if not isinstance(value, numpy.dtype):
        return None
    return ALL.get(KINDS.get(value.kind, value.name))
