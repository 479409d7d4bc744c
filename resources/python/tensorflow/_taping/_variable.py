# SPDX-License-Identifier: Apache-2.0
"""tf.Variable: how one is made, and what can be done with it beside reading, assigning and computing, which the engine has."""

import enum
import functools
import sys

import _tapescope

from tensorflow._taping import _variable_parts as _parts
from tensorflow._values._errors import error
from tensorflow._values import _attributes
from tensorflow._values._reference import ref
from tensorflow._values._shapes import TensorShape

ResourceVariable = _tapescope.ResourceVariable
_NO_GRAPH = "This operation is not supported when eager execution is enabled."


class VariableSynchronization(enum.Enum):
    AUTO = 0
    NONE = 1
    ON_WRITE = 2
    ON_READ = 3


class VariableAggregation(enum.Enum):
    NONE = 0
    SUM = 1
    MEAN = 2
    ONLY_FIRST_REPLICA = 3

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return self is other or (getattr(other, "value", None) == self.value)


# The class calls itself V2, and what a variable has by default is of the first version.
VariableAggregation.__name__ = VariableAggregation.__qualname__ = "VariableAggregationV2"
_NoAggregation = enum.Enum("VariableAggregation", {"NONE": 0})
for _enum in (VariableSynchronization, VariableAggregation, _NoAggregation):
    _enum.__module__ = "tensorflow.python.ops.variables"


def _tensorflow():
    return sys.modules["tensorflow"]


def _scoped(name):
    """The whole name, with the scopes around it."""
    if name is None:
        name = "Variable"
    elif not isinstance(name, str):
        raise ValueError("name for name_scope must be a string.")
    scopes = sys.modules.get("tensorflow._running._module")
    return (scopes.current_scope() if scopes is not None else "") + name


def _first_value(initial_value):
    """What a variable starts with is computed outside of everything that records."""
    if initial_value is None:
        raise ValueError(
            "The `initial_value` arg to `tf.Variable` must be specified except when you are not providing a "
            "`variable_def`. You provided neither."
        )
    if not callable(initial_value) or _tapescope.is_tensor(initial_value):
        return initial_value
    _tapescope.suspend_recording()
    try:
        return initial_value()
    finally:
        _tapescope.resume_recording()


def _agree(one, other):
    """May something have both shapes?"""
    if one.rank is None or other.rank is None:
        return True
    sizes = zip(one.as_list(), other.as_list())
    return one.rank == other.rank and all(a == b or a is None or b is None for a, b in sizes)


def _declare(variable, shape):
    declared = shape if isinstance(shape, TensorShape) else TensorShape(shape)
    if not _agree(declared, variable.shape):
        raise ValueError(
            f"In this `tf.Variable` creation, the initial value's shape ({variable.shape}) is not compatible with the "
            f"explicitly supplied `shape` argument ({shape})."
        )
    if declared.is_fully_defined():
        return
    _tapescope.declare_shape(variable, None if declared.rank is None else declared.as_list())


def _create(
    initial_value=None,
    trainable=None,
    validate_shape=True,
    caching_device=None,
    name=None,
    variable_def=None,
    dtype=None,
    import_scope=None,
    constraint=None,
    synchronization=VariableSynchronization.AUTO,
    aggregation=_NoAggregation.NONE,
    shape=None,
    experimental_enable_variable_lifting=True,
    **unknown,
):
    if constraint is not None and not callable(constraint):
        raise ValueError(
            f"Argument `constraint` must be None or a callable. a callable. Got a {type(constraint)}:  {constraint}"
        )
    first = _first_value(initial_value)
    wanted = None if dtype is None else _as_dtype(dtype)
    if trainable is None:
        trainable = synchronization is not VariableSynchronization.ON_READ
    whole = _scoped(name)
    f"loc:@{whole}".encode()  # raises for a name that is no UTF-8, as TensorFlow's attribute of this text does
    variable = _tapescope.create_variable(first, f"{whole}:0", bool(trainable), wanted)
    if shape is not None:
        _declare(variable, shape)
    if constraint is not None or synchronization is not VariableSynchronization.AUTO or aggregation is not _NoAggregation.NONE:
        variable._facts = (constraint, synchronization, aggregation)
    return variable


def _as_dtype(dtype):
    convert = getattr(_tensorflow(), "as_dtype", None)
    return convert(dtype) if convert is not None else dtype


class _VariableType(type):
    """Calling tf.Variable makes a ResourceVariable, which counts as one."""

    def __call__(cls, *args, **kwargs):
        return _create(*args, **kwargs) if cls is Variable else super().__call__(*args, **kwargs)

    def __instancecheck__(cls, instance):
        return isinstance(instance, ResourceVariable) if cls is Variable else super().__instancecheck__(instance)

    def __subclasscheck__(cls, subclass):
        return super().__subclasscheck__(subclass) or (cls is Variable and issubclass(subclass, ResourceVariable))

    def __getattr__(cls, name):
        return getattr(ResourceVariable, name)


class Variable(metaclass=_VariableType):
    """A value that operations can change."""

    __module__ = "tensorflow.python.ops.variables"

    class SaveSliceInfo:
        pass


# ---- facts


def _fact(index):
    fallback = (None, VariableSynchronization.AUTO, _NoAggregation.NONE)
    return property(lambda self: self.__dict__.get("_facts", fallback)[index])


def _is_initialized(self, name=None):
    return _tapescope.constant(True, None, None)


def _unsupported(message, kind=RuntimeError):
    def raises(self, *args, **kwargs):
        raise kind(message)

    return raises


def _undefined(name):
    return property(_unsupported(f"Tensor.{name} is undefined when eager execution is enabled.", AttributeError))


def _set_shape(self, shape):
    if not _agree(self.shape, TensorShape(shape)):
        raise ValueError(f"Shapes {self.shape} and {TensorShape(shape)} are not compatible")


def _load(self, value, session=None):
    self.assign(value)


class _Handle:
    """What TensorFlow's operations on a variable take; here it only says what it is."""

    def __init__(self, variable):
        self._variable = variable
        self.dtype = getattr(_tensorflow(), "resource", None)
        self.shape = TensorShape([])

    def _text(self):
        shape = ",".join(map(str, self._variable.shape.as_list())) if self._variable.shape.rank is not None else "?"
        number = getattr(self._variable.dtype, "as_datatype_enum", 0)
        return (
            f'<ResourceHandle(name="{self._variable._shared_name}/{self._variable._id}", device="{self._variable.device}", '
            f'container="Anonymous", type="tensorflow::Var", dtype and shapes : "[ DType enum: {number}, Shape: [{shape}] ]")>'
        )

    def __repr__(self):
        return f"<tf.Tensor: shape=(), dtype=resource, value={self._text()}>"

    def __str__(self):
        return f"tf.Tensor({self._text()}, shape=(), dtype=resource)"


def _copy(self):
    return self


def _deepcopy(self, memo):
    constraint, synchronization, aggregation = self.__dict__.get("_facts", (None, None, None))
    facts = {} if synchronization is None else {"synchronization": synchronization, "aggregation": aggregation}
    copied = _tapescope.create_variable(self, self._shared_name + ":0", self.trainable, None)
    if facts or constraint is not None:
        copied._facts = (constraint, synchronization, aggregation)
    memo[id(self)] = copied
    return copied


def _rebuild(initial_value, name, trainable):
    return _create(initial_value, name=name, trainable=trainable)


def _reduce(self):
    return functools.partial(_rebuild, self.numpy(), self._shared_name, self.trainable), ()


# ---- parts

_part = ResourceVariable.__getitem__


def _getitem(self, index):
    return _attributes.sliced_from(self, index, _part(self, index))


_COUNTED = (
    "Value for attr 'T' of {} is not in the list of allowed values: int32, int64\n\t; NodeDef: {{{{node ResourceCountUpTo}}}}; "
    "Op<name=ResourceCountUpTo; signature=resource:resource -> output:T; attr=limit:int; attr=T:type,allowed=[DT_INT32, DT_INT64]; "
    "is_stateful=true> [Op:ResourceCountUpTo] name: "
)


def _count_up_to(self, limit):
    value = _parts.array_of(self)
    if self.dtype.name not in ("int32", "int64"):
        raise error("InvalidArgumentError", _COUNTED.format({"float32": "float", "float64": "double", "float16": "half"}.get(
            self.dtype.name, self.dtype.name)))
    if value.ndim:
        sizes = ",".join(map(str, value.shape))
        raise error("InvalidArgumentError", _parts.KERNEL.format(op="ResourceCountUpTo", text=f"input is not a scalar: [{sizes}]")
                    + " name: ")
    if value >= limit:
        raise error(
            "OutOfRangeError", _parts.KERNEL.format(op="ResourceCountUpTo", text=f"Reached limit of {limit}") + " name: "
        )
    before = self.value()
    _tapescope.update_variable(self, value + 1, before)
    return before


# ---- reads


def _sparse_read(self, indices, name=None):
    return _tensorflow().gather(self, indices)


def _gather_nd(self, indices, name=None):
    return _tensorflow().gather_nd(self, indices)


def install():
    members = {
        "constraint": _fact(0),
        "synchronization": _fact(1),
        "aggregation": _fact(2),
        "device": property(lambda self: "/job:localhost/replica:0/task:0/device:CPU:0"),
        "_shared_name": property(lambda self: self._unique_id.rpartition("_")[0]),
        "handle": property(_Handle),
        "op": _undefined("op"),
        "graph": _undefined("graph"),
        "initializer": property(lambda self: None),
        "initial_value": property(_unsupported("This property is not supported when eager execution is enabled.")),
        "initialized_value": _unsupported("", NotImplementedError),
        "create": property(_unsupported(_NO_GRAPH)),
        "eval": _unsupported(_NO_GRAPH),
        "is_initialized": _is_initialized,
        "load": _load,
        "get_shape": lambda self: self.shape,
        "set_shape": _set_shape,
        "ref": ref,
        "experimental_ref": ref,
        "_save_slice_info": None,
        "_in_graph_mode": False,
        "_dtype": property(lambda self: self.dtype),
        "_shape": property(lambda self: self.shape),
        "__copy__": _copy,
        "__deepcopy__": _deepcopy,
        "__reduce__": _reduce,
        "__getitem__": _getitem,
        "count_up_to": _count_up_to,
        "sparse_read": _sparse_read,
        "gather_nd": _gather_nd,
        "batch_scatter_update": _parts.batch_scatter_update,
    }
    for name, combine in (("add", "add"), ("sub", "subtract"), ("update", None), ("max", "maximum"), ("min", "minimum"),
                          ("mul", "multiply"), ("div", "divide")):
        members[f"scatter_{name}"] = _parts.slices_scatter(f"ResourceScatter{name.capitalize()}", combine)
        if name not in ("mul", "div"):
            members[f"scatter_nd_{name}"] = _parts.nd_scatter(f"ResourceScatterNd{name.capitalize()}", combine)
    for name, member in members.items():
        setattr(ResourceVariable, name, member)
    _attributes.name_properties(ResourceVariable)
