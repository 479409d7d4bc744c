# SPDX-License-Identifier: Apache-2.0
"""tf.Variable: how one is made, and what can be done with it beside reading, assigning and computing, which the engine has."""

import enum
import functools
import sys

import _tapescope

from tensorflow import _attributes
from tensorflow._reference import ref
from tensorflow._shapes import TensorShape
from tensorflow._tape import error

ResourceVariable = _tapescope.ResourceVariable
_NO_GRAPH = "This operation is not supported when eager execution is enabled."
_KERNEL = "{{{{function_node __wrapped__{op}_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} {text} [Op:{op}]"


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
    scopes = sys.modules.get("tensorflow._module")
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


# ---- assignments to parts


def _refuse(op, text, name=""):
    raise error("InvalidArgumentError", _KERNEL.format(op=op, text=text) + name)


def _scattered(value, at, updates, combine):
    """The value with `updates` put in at the places `at`; where one is named twice, one after the other."""
    import numpy

    if combine is None:
        value[at] = updates
    else:
        getattr(numpy, combine).at(value, at, updates)
    return value


def _slices_scatter(op, combine):
    def scatter(self, sparse_delta, use_locking=False, name=None):
        if not isinstance(sparse_delta, _tensorflow().IndexedSlices):
            raise TypeError(f"Argument `sparse_delta` must be a `tf.IndexedSlices`. Received arg: {_shown(sparse_delta)}")
        updates = _tapescope.as_dtype_of(self, sparse_delta.values)
        indices = _array(sparse_delta.indices)
        value = _array(self)
        for place, index in enumerate(indices.reshape(-1)):
            if not 0 <= index < value.shape[0]:
                _refuse(op, f"indices[{place}] = {index} is not in [0, {value.shape[0]})")
        given = _array(updates)
        if given.ndim > 0:
            # The kernel goes by the number of elements, not by their shape.
            given = _fitted(given, indices.shape + value.shape[1:])
        value = _scattered(value, indices, given, combine)
        return _tapescope.update_variable(self, value, updates)

    return scatter


def _fitted(given, shape):
    size = 1
    for one in shape:
        size *= one
    return given.reshape(-1)[:size].reshape(shape) if given.size >= size else given


def _nd_scatter(op, combine):
    def scatter(self, indices, updates, name=None):
        updates = _tapescope.as_dtype_of(self, updates)
        places = _array(_tapescope.tensor(indices, None))
        value = _array(self)
        depth = places.shape[-1]
        flat = places.reshape(-1, depth)
        for place, index in enumerate(flat):
            if any(not 0 <= one < size for one, size in zip(index, value.shape)):
                where = ",".join(map(str, index))
                shape = ",".join(map(str, value.shape))
                _refuse(op, f"indices[{place}] = [{where}] does not index into shape [{shape}]")
        given = _array(updates).reshape((len(flat),) + value.shape[depth:])
        value = _scattered(value, tuple(flat.T), given, combine)
        return _tapescope.update_variable(self, value, updates)

    return scatter


def _array(value):
    """A copy as an array of numpy, which does not count as leaving TensorFlow."""
    return _tapescope.array(value)


def _shown(value):
    return value.numpy() if _tapescope.is_tensor(value) else value


def _batch_scatter_update(self, sparse_delta, use_locking=False, name=None):
    updates = _tapescope.as_dtype_of(self, sparse_delta.values)
    indices = _array(sparse_delta.indices)
    value = _array(self)
    places = [axis for axis in _grid(indices.shape[:-1])]
    value[tuple(axis[..., None] for axis in places) + (indices,)] = _array(updates)
    return _tapescope.update_variable(self, value, updates)


def _grid(shape):
    import numpy

    return numpy.meshgrid(*map(numpy.arange, shape), indexing="ij")


def part_assigner(variable, index):
    """The method `assign` of variable[index]."""
    op = "ResourceStridedSliceAssign"

    def assign(value, use_locking=False, name=None, read_value=True):
        given = _tapescope.as_dtype_of(variable, value)
        whole = _array(variable)
        place = _host_index(index)
        part = whole[place]
        try:
            whole[place] = _array(given)
        except ValueError:
            sizes = [",".join(map(str, one)) for one in (given.shape.as_list(), part.shape)]
            _refuse(op, f"Cannot broadcast input shape [{sizes[0]}] into final shape [{sizes[1]}]",
                    " name: strided_slice/_assign")
        return _tapescope.update_variable(variable, whole, given)

    return assign


def _host_index(index):
    if isinstance(index, tuple):
        return tuple(_host_index(one) for one in index)
    if isinstance(index, slice):
        return slice(*map(_host_index, (index.start, index.stop, index.step)))
    return int(_array(index)) if _tapescope.is_tensor(index) else index


_part = ResourceVariable.__getitem__


def _getitem(self, index):
    return _attributes.sliced_from(self, index, _part(self, index))


def _count_up_to(self, limit):
    value = _array(self)
    if value >= limit:
        raise error(
            "OutOfRangeError", _KERNEL.format(op="ResourceCountUpTo", text=f"Reached limit of {limit}") + " name: "
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
        "batch_scatter_update": _batch_scatter_update,
    }
    for name, combine in (("add", "add"), ("sub", "subtract"), ("update", None), ("max", "maximum"), ("min", "minimum"),
                          ("mul", "multiply"), ("div", "divide")):
        members[f"scatter_{name}"] = _slices_scatter(f"ResourceScatter{name.capitalize()}", combine)
        if name not in ("mul", "div"):
            members[f"scatter_nd_{name}"] = _nd_scatter(f"ResourceScatterNd{name.capitalize()}", combine)
    for name, member in members.items():
        setattr(ResourceVariable, name, member)
    _attributes.name_properties(ResourceVariable)
