# SPDX-License-Identifier: Apache-2.0
"""keras.Variable, as layers have it: a tf.Variable of the engine's under Keras's names."""

import numpy
import _tapescope

from tensorflow._values._shapes import TensorShape
from tensorflow.keras import _arithmetic, _ops, _scopes, initializers
from tensorflow.keras.optimizers import _variables
from tensorflow.keras.optimizers._variables import auto_name

_run = _tapescope.run
_CHOICES = {
    "aggregation": (None, "none", "mean", "sum", "only_first_replica"),
    "synchronization": (None, "none", "on_read", "on_write", "auto"),
}


class _Name(str):
    """The name of a dtype; where TensorFlow's functions ask for more, it answers as the dtype does."""

    def __getattr__(self, name):
        return getattr(_tapescope.as_dtype(str(self)), name)


_Name.__name__ = _Name.__qualname__ = "str"
_Name.__module__ = "builtins"


def standardize_shape(shape):
    """A tuple of integers and None."""
    if not isinstance(shape, tuple):
        if shape is None:
            raise ValueError("Undefined shapes are not supported.")
        if not hasattr(shape, "__iter__"):
            raise ValueError(f"Cannot convert '{shape}' to a shape.")
        shape = tuple(shape.as_list()) if isinstance(shape, TensorShape) else tuple(shape)
    for size in shape:
        if size is None:
            continue
        if not hasattr(size, "__index__"):
            raise ValueError(f"Cannot convert '{shape}' to a shape. Found invalid entry '{size}' of type '{type(size)}'. ")
        if size < 0:
            raise ValueError(f"Cannot convert '{shape}' to a shape. Negative dimensions are not allowed.")
    return tuple(None if size is None else int(size) for size in shape)


def standardize_dtype(dtype):
    """Its name; Keras's own float where none is given."""
    if dtype is None or dtype is float:
        return _ops.floatx()
    if dtype is int:
        return "int64"
    if dtype is bool:
        return "bool"
    if isinstance(dtype, str):
        name = {"bool_": "bool", "half": "float16", "float": "float32", "int": "int64"}.get(dtype, dtype)
    else:
        name = getattr(dtype, "name", None) or getattr(dtype, "__name__", None) or str(dtype)
    try:
        return _tapescope.as_dtype(str(name)).name
    except TypeError:
        raise ValueError(f"Invalid dtype: {dtype}") from None


def _checked(kind, value, default):
    if value not in _CHOICES[kind]:
        listed = ", ".join(f"`'{one}'`" if one else "`None`" for one in _CHOICES[kind])
        raise ValueError(f"Invalid value for argument `{kind}`. Expected one of {listed}. Received: {kind}={value}")
    return value or default


def _first_value(initializer, shape, dtype):
    _tapescope.suspend_recording()
    try:
        return _ops.tensor(initializer(shape, dtype=dtype), dtype)
    finally:
        _tapescope.resume_recording()


class _Kind(type(_tapescope.KerasVariable)):
    """Variables of optimizers, which the engine keeps, are Keras's too."""

    def __instancecheck__(cls, instance):
        return super().__instancecheck__(instance) or (cls is Variable and isinstance(instance, _variables.Variable))


class Variable(_tapescope.KerasVariable, metaclass=_Kind):
    def __init__(
        self, initializer, shape=None, dtype=None, trainable=True, autocast=True, aggregation="none",
        synchronization="auto", name=None, layout=None, **kwargs,
    ):
        from tensorflow import Variable as TensorFlowVariable

        name = name or auto_name("Variable")
        _scopes.check_name(name)
        self_aggregation = _checked("aggregation", aggregation, "none")
        self_synchronization = _checked("synchronization", synchronization, "none")
        if isinstance(initializer, str):
            initializer = initializers.get(initializer)
        path = _scopes.current_path()
        path = f"{path}/{name}" if path else name
        if isinstance(initializer, TensorFlowVariable):
            value = initializer
        else:
            value = self._made(initializer, shape, dtype, trainable, name, path)
        super().__init__(value, bool(autocast))
        self._value, self._name, self._path = value, name, path
        self._trainable, self._autocast = bool(trainable), bool(autocast)
        self._aggregation, self._synchronization = self_aggregation, self_synchronization
        self._shape = tuple(value.shape.as_list())
        self._dtype = _Name(value.dtype.name)
        self._is_float = value.dtype.is_floating
        self._regularizer = self._constraint = None
        self.overwrite_with_gradient = False

    @staticmethod
    def _made(initializer, shape, dtype, trainable, name, path):
        from tensorflow import Variable as TensorFlowVariable

        if callable(initializer) and not _tapescope.is_tensor(initializer):
            if shape is None:
                raise ValueError(
                    "When creating a Variable from an initializer, the `shape` argument should be specified. "
                    f"Received: initializer={initializer} and shape={shape}"
                )
            shape = standardize_shape(shape)
            if None in shape:
                raise ValueError(
                    "Shapes used to initialize variables must be fully-defined (no `None` dimensions). Received: "
                    f"shape={shape} for variable path='{path}'"
                )
            value = _first_value(initializer, shape, standardize_dtype(dtype))
        else:
            value = _ops.tensor(initializer, None if dtype is None else standardize_dtype(dtype))
        return TensorFlowVariable(value, trainable=bool(trainable), name=name)

    # ---- facts

    name = property(lambda self: self._name)
    path = property(lambda self: self._path)
    autocast = property(lambda self: self._autocast)
    shape = property(lambda self: TensorShape(list(self._shape)))
    ndim = property(lambda self: len(self._shape))
    aggregation = property(lambda self: self._aggregation)
    synchronization = property(lambda self: self._synchronization)
    handle = property(lambda self: self._value.handle)
    _shared_name = property(lambda self: self._value._shared_name)
    _unique_id = property(lambda self: self._value._unique_id)
    _id = property(lambda self: self._value._id)

    @property
    def value(self):
        """The variable, or what a layer around reads of it where that computes in another dtype."""
        if _scopes.State.autocast is None or not self._autocast or not self._is_float:
            return self._value
        return _tapescope.tensor(self)

    @property
    def dtype(self):
        if _scopes.State.autocast is None or not self._autocast or not self._is_float:
            return self._dtype
        return _Name(_scopes.State.autocast)

    @property
    def trainable(self):
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        self._trainable = bool(value)

    @property
    def regularizer(self):
        return self._regularizer

    @regularizer.setter
    def regularizer(self, value):
        self._regularizer = self._callable("regularizer", "keras.regularizers.Regularizer", value)

    @property
    def constraint(self):
        return self._constraint

    @constraint.setter
    def constraint(self, value):
        self._constraint = self._callable("constraint", "keras.constraints.Constraint", value)

    @staticmethod
    def _callable(kind, class_name, value):
        if value is not None and not callable(value):
            raise ValueError(
                f"Invalid value for attribute `{kind}`. Expected a callable (such as a `{class_name}` instance) or `None`. "
                f"Received: {kind}={value}"
            )
        return value

    # ---- values

    def numpy(self):
        return self._value.numpy()

    def assign(self, value):
        value = _ops.cast(value, str(self._dtype))
        if tuple(value.shape.as_list()) != self._shape:
            raise ValueError(
                "The shape of the target variable and the shape of the target value in `variable.assign(value)` must match. "
                f"variable.shape={self.shape}, Received: value.shape={value.shape}. Target variable: {self}"
            )
        if not _scopes.State.inferring:
            self._value.assign(value)
        return value if type(value) is _tapescope.EagerTensor else _tapescope.tensor(value)

    def assign_add(self, value):
        return self.assign(self + value)

    def assign_sub(self, value):
        return self.assign(self - value)

    def _scalar(self, kind):
        if self._shape:
            raise TypeError(f"Only scalar arrays can be converted to Python scalars. Got: shape={self.shape}")
        return kind(self._value)

    def __float__(self):
        return self._scalar(float)

    def __int__(self):
        return self._scalar(int)

    def __bool__(self):
        raise TypeError("A Keras Variable cannot be used as a boolean.")

    def __array__(self, dtype=None):
        array = numpy.asarray(self.numpy())
        return array if dtype is None else array.astype(dtype)

    def __tf_tensor__(self, dtype=None, name=None):
        return _tapescope.tensor(self.value, dtype)

    def __getitem__(self, index):
        return self.value[index]

    def __repr__(self):
        array = _tapescope.array(self._value)
        value = array.item() if array.ndim == 0 else array
        return f"<Variable path={self.path}, shape={self._shape}, dtype={self.dtype}, value={value}>"

    __hash__ = None


def _operand(value):
    return value.value if isinstance(value, Variable) else value


_arithmetic.attach(Variable, _operand)
Variable.__module__ = "keras.src.backend"
_tapescope.share_keras_variable(Variable)
