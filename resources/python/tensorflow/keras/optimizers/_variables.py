# SPDX-License-Identifier: Apache-2.0
"""keras.Variable, as optimizers have it: the counter of steps, the learning rate and what is kept beside a variable of
the script's. The engine knows slots by their optimizer; others are kept here."""

import _tapescope

from tensorflow._values._shapes import TensorShape
from tensorflow.keras import _arithmetic
from tensorflow.keras._named import snake_case

_run = _tapescope.run
_names = {}


def auto_name(kind):
    """keras/src/utils/naming.py: the class's name in small letters, and a number where it is not the first one."""
    base = snake_case(kind)
    count = _names.get(base, 0)
    _names[base] = count + 1
    return base if count == 0 else f"{base}_{count}"


def kind_of(dtype):
    """As which numpy keeps it, which has no bfloat16."""
    return "float32" if str(dtype) == "bfloat16" else dtype


class Bfloat16(float):
    """A number of this dtype: what is computed with it is rounded to it."""

    def __new__(cls, value):
        import numpy

        return super().__new__(cls, float(rounded(numpy.float32(value), "bfloat16")))

    def __add__(self, other):
        return Bfloat16(float(self) + other)

    def __sub__(self, other):
        return Bfloat16(float(self) - other)

    def __mul__(self, other):
        return Bfloat16(float(self) * other)

    def __truediv__(self, other):
        return Bfloat16(float(self) / other)


Bfloat16.__name__ = "bfloat16"


def number_of(dtype):
    """The kind of a number of this dtype: numpy's, where it has one."""
    import numpy

    return Bfloat16 if str(dtype) == "bfloat16" else numpy.dtype(dtype).type


def rounded(array, dtype):
    """What numpy keeps in float32, to the nearest bfloat16."""
    import numpy

    array = numpy.asarray(array)
    if str(dtype) != "bfloat16":
        return array
    bits = numpy.asarray(array, "float32").view("uint32")
    near = ((bits + (0x7FFF + ((bits >> 16) & 1))) & numpy.uint32(0xFFFF0000)).astype("uint32").view("float32")
    return numpy.where(numpy.isfinite(array), near, array)


def mixed(share, average, rest, value, dtype):
    """share · average + rest · value, rounded after each operation."""
    parts = [rounded(rounded(number, dtype) * part, dtype) for number, part in ((share, average), (rest, value))]
    return rounded(parts[0] + parts[1], dtype)


def _operand(value):
    return value.value if isinstance(value, Variable) or hasattr(value, "_autocast") else value


class Variable:
    """Holds a tensor, or an array of numpy or an integer that counts until somebody asks for the tensor."""

    trainable = False
    constraint = None
    overwrite_with_gradient = False
    regularizer = None

    def __init__(self, value, dtype, name, scope=""):
        if not isinstance(name, str) or "/" in name:
            raise ValueError(f"Argument `name` must be a string and cannot contain character `/`. Received: name={name}")
        import numpy

        self.name = name
        self.path = f"{scope}/{name}" if scope else name
        self.dtype = dtype
        self._held = numpy.asarray(value, kind_of(dtype))

    def _array(self):
        held = self._held
        if type(held) is int:
            import numpy

            return numpy.asarray(held, kind_of(self.dtype))
        return _tapescope.array(held) if _tapescope.is_tensor(held) else held

    def _take(self, value):
        self._held = value

    @property
    def value(self):
        if not _tapescope.is_tensor(self._held):
            self._held = _tapescope.tensor(self._held, self.dtype)
        return self._held

    @property
    def shape(self):
        return TensorShape(list(self._array().shape))

    @property
    def ndim(self):
        return self._array().ndim

    def numpy(self):
        import numpy

        array = self._array()
        return numpy.dtype(kind_of(self.dtype)).type(array) if array.ndim == 0 else numpy.array(array)

    def assign(self, value):
        value = _operand(value)
        if not _tapescope.is_tensor(value):
            value = _tapescope.tensor(value, self.dtype)
        elif value.dtype.name != self.dtype:
            value = _run("Cast", value, dtype=self.dtype)
        if value.shape != self.shape:
            sizes = [tuple(shape.as_list()) for shape in (self.shape, value.shape)]
            raise ValueError(
                "The shape of the target variable and the shape of the target value in `variable.assign(value)` must match. "
                f"variable.shape={sizes[0]}, Received: value.shape={sizes[1]}. Target variable: {self}"
            )
        if type(value) is not _tapescope.EagerTensor:
            value = value.value()
        self._take(value)
        return value

    def assign_add(self, value):
        return self.assign(self + value)

    def assign_sub(self, value):
        return self.assign(self - value)

    def _scalar(self, kind):
        array = self._array()
        if array.ndim > 0:
            raise TypeError(f"Only scalar arrays can be converted to Python scalars. Got: shape={self.shape}")
        return kind(array)

    def __float__(self):
        return self._scalar(float)

    def __int__(self):
        return self._scalar(int)

    __index__ = __int__

    def __bool__(self):
        raise TypeError("A Keras Variable cannot be used as a boolean.")

    def __array__(self, dtype=None):
        import numpy

        array = numpy.asarray(self._array())  # a count is held as a number
        return array if dtype is None else array.astype(dtype)

    def __tf_tensor__(self, dtype=None, name=None):
        return self.value

    def __getitem__(self, index):
        return self.value[index]

    def __repr__(self):
        array = self._array()
        value = array.item() if array.ndim == 0 else array
        shape = tuple(array.shape)
        return f"<Variable path={self.path}, shape={shape}, dtype={self.dtype}, value={value}>"

    __hash__ = object.__hash__


_arithmetic.attach(Variable, _operand)
Variable.__module__ = "keras.src.backend"


class Slot(Variable):
    """What the engine keeps for an optimizer beside a variable."""

    def __init__(self, optimizer, variable, slot, name, scope):
        self._place = optimizer, variable, slot
        super().__init__((), variable.dtype.name, name, scope)

    def _array(self):
        import numpy

        return numpy.asarray(_tapescope.slot(*self._place))

    def _take(self, value):
        _tapescope.set_slot(*self._place, value)

    @property
    def value(self):
        return _tapescope.tensor(self._array(), self.dtype)


Slot.__module__, Slot.__qualname__ = "keras.src.backend", "Variable"
