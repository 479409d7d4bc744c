# SPDX-License-Identifier: Apache-2.0
"""What optimizers before Keras 3 keep: tf.Variables, whose values are here or with the engine's optimizer."""

import operator
import sys

import _tapescope

from tensorflow._running._module import current_scope
from tensorflow._values._shapes import TensorShape
from tensorflow.keras.optimizers._variables import kind_of


def _dtype(name):
    return sys.modules["tensorflow"].as_dtype(name)


class OptimizerVariable:
    """Counts as a tf.Variable, but is none of the script's: the engine follows only those."""

    trainable = False
    constraint = None
    _in_graph_mode = False
    initializer = None
    __class__ = property(lambda self: _tapescope.ResourceVariable)

    def __init__(self, value, dtype, name):
        import numpy

        self.dtype = _dtype(dtype)
        self._shared_name = current_scope() + name
        self._held = numpy.asarray(value, kind_of(dtype))

    @property
    def name(self):
        return self._shared_name + ":0"

    @property
    def _unique_id(self):
        return f"{self._shared_name}_{id(self)}"

    def _array(self):
        return self._held

    def _take(self, value):
        self._held = value

    @property
    def shape(self):
        return TensorShape(list(self._array().shape))

    def numpy(self):
        import numpy

        array = self._array()
        return array[()] if array.ndim == 0 else numpy.array(array)

    def value(self):
        return _tapescope.tensor(self._array(), self.dtype.name)

    read_value = value

    def __tf_tensor__(self, dtype=None, name=None):
        return self.value()

    def __array__(self, dtype=None):
        array = self._array()
        return array if dtype is None else array.astype(dtype)

    def assign(self, value, use_locking=False, name=None, read_value=True):
        import numpy

        given = _tapescope.tensor(value, self.dtype.name)
        if given.shape != self.shape:
            shapes = [tuple(shape.as_list()) for shape in (self.shape, given.shape)]
            raise ValueError(
                f"Cannot assign value to variable ' {self.name}': Shape mismatch.The variable shape {shapes[0]}, and the "
                f"assigned value shape {shapes[1]} are incompatible."
            )
        self._take(numpy.asarray(_tapescope.array(given)))
        return Unread(self)

    def assign_add(self, delta, use_locking=False, name=None, read_value=True):
        return self.assign(self.value() + delta)

    def assign_sub(self, delta, use_locking=False, name=None, read_value=True):
        return self.assign(self.value() - delta)

    def ref(self):
        return sys.modules["tensorflow"].Variable.ref(self)

    def __int__(self):
        return int(self._array())

    __index__ = __int__

    def __float__(self):
        return float(self._array())

    def __bool__(self):
        return bool(self._array())

    def __getitem__(self, index):
        return self.value()[index]

    def __len__(self):
        return len(self.value())

    def __iter__(self):
        return iter(self.value())

    def __repr__(self):
        array = self._array()
        text = str(array.item()) if array.ndim == 0 else repr(array)
        shape = tuple(self.shape.as_list())
        text = f"\n{text}" if "\n" in text else text
        return f"<tf.Variable '{self.name}' shape={shape} dtype={self.dtype.name}, numpy={text}>"

    __hash__ = object.__hash__


def _operand(value):
    return value.value() if isinstance(value, OptimizerVariable) else value


def _operators():
    def forward(apply):
        return lambda self, other: apply(self.value(), _operand(other))

    def backward(apply):
        return lambda self, other: apply(_operand(other), self.value())

    for name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
        setattr(OptimizerVariable, f"__{name}__", forward(getattr(operator, name)))
        setattr(OptimizerVariable, f"__r{name}__", backward(getattr(operator, name)))
    for name in ("lt", "le", "gt", "ge", "eq", "ne"):
        setattr(OptimizerVariable, f"__{name}__", forward(getattr(operator, name)))
    for name in ("neg", "abs"):
        setattr(OptimizerVariable, f"__{name}__", lambda self, apply=getattr(operator, name): apply(self.value()))


_operators()


class Unread(OptimizerVariable):
    """What an assignment answers: the same variable under another name."""

    name = "UnreadVariable"

    def __init__(self, parent):
        self._parent = parent
        self.dtype = parent.dtype
        self._shared_name = parent._shared_name

    def _array(self):
        return self._parent._array()

    def _take(self, value):
        self._parent._take(value)


def counted(variable):
    """assign_add(1) of an optimizer's counter, which is no operation of the script's."""
    if type(variable) is not OptimizerVariable:  # the script's own
        return variable.assign_add(1)
    variable._take(variable._array() + variable._array().dtype.type(1))
    return Unread(variable)


class Slot(OptimizerVariable):
    """What the engine keeps for an optimizer beside a variable."""

    def __init__(self, optimizer, variable, slot, name):
        self._place = optimizer, variable, slot
        super().__init__((), variable.dtype.name, name)

    def _array(self):
        import numpy

        return numpy.asarray(_tapescope.slot(*self._place))

    def _take(self, value):
        _tapescope.set_slot(*self._place, value)
