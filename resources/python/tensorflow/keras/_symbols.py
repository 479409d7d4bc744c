# SPDX-License-Identifier: Apache-2.0
"""KerasTensor: a shape and a dtype where a model has no numbers yet; operations on them, and the nodes that remember which
operation made which."""

import collections
import operator

import _tapescope

from tensorflow._running import _gradients
from tensorflow._running._fold import fold
from tensorflow._values import _nest
from tensorflow.keras import _calling, _scopes
from tensorflow.keras._variable import standardize_dtype, standardize_shape
from tensorflow.keras.optimizers._variables import auto_name

KerasHistory = collections.namedtuple("KerasHistory", ["operation", "node_index", "tensor_index"])
_NO_TENSOR = """A KerasTensor cannot be used as input to a TensorFlow function. A KerasTensor is a symbolic placeholder for a \
shape and dtype, used when constructing Keras Functional models or Keras Functions. You can only use it as input to a Keras \
layer or a Keras operation (from the namespaces `keras.layers` and `keras.ops`). You are likely doing something like:

```
x = Input(...)
...
tf_fn(x)  # Invalid.
```

What you should do instead is wrap `tf_fn` in a layer:

```
class MyLayer(Layer):
    def call(self, x):
        return tf_fn(x)

x = MyLayer()(x)
```
"""


class KerasTensor:
    record_history = True
    sparse = False
    ragged = False

    def __init__(self, shape, dtype="float32", sparse=False, ragged=False, record_history=True, name=None, **kwargs):
        self.shape = standardize_shape(shape)
        self.dtype = standardize_dtype(dtype)
        self.name = name or auto_name("KerasTensor")
        self.sparse, self.ragged, self.record_history = bool(sparse), bool(ragged), record_history

    @property
    def ndim(self):
        return len(self.shape)

    def reshape(self, newshape):
        return _applied("Reshape", lambda x: _tapescope.run("Reshape", x, shape=list(newshape)), self)

    def squeeze(self, axis=None):
        return _applied("Squeeze", lambda x: _tapescope.run("Squeeze", x, axis=[] if axis is None else [axis]), self)

    def __array__(self, dtype=None):
        raise ValueError(
            "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical "
            "value. You cannot convert it to a NumPy array."
        )

    def __int__(self):
        raise ValueError(
            "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical "
            "value. You cannot convert it to an int."
        )

    def __float__(self):
        raise ValueError(
            "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical "
            "value. You cannot convert it to a float."
        )

    def __tf_tensor__(self, dtype=None, name=None):
        raise ValueError(_NO_TENSOR)

    def __repr__(self):
        return (
            f"<KerasTensor shape={self.shape}, dtype={self.dtype}, sparse={self.sparse}, ragged={self.ragged}, "
            f"name={self.name}>"
        )

    def __iter__(self):
        raise NotImplementedError("Iterating over a symbolic KerasTensor is not supported.")

    def __bool__(self):
        raise TypeError("A symbolic KerasTensor cannot be used as a boolean.")

    def __getitem__(self, key):
        return _applied("GetItem", lambda x: x[key], self)

    __hash__ = object.__hash__


KerasTensor.__module__ = "keras.src.backend.common.keras_tensor"


def broadcast_shapes(one, other):
    """The shape of both together; None where a size is open."""
    shapes = [[1] * (max(len(one), len(other)) - len(shape)) + list(shape) for shape in (one, other)]
    result = []
    for a, b in zip(*shapes):
        if a is not None and b is not None and a != b and 1 not in (a, b):
            raise ValueError(
                f"Cannot broadcast shape, the failure dim has value {a}, which cannot be broadcasted to {b}. Input shapes are: "
                f"{list(one)} and {list(other)}."
            )
        result.append(b if a == 1 else a)
    return result


def _applied(kind, function, *arguments):
    shapes = [tuple(one.shape) for one in arguments if hasattr(one, "shape")]
    if len(arguments) == len(shapes) == 2 and kind != "Matmul":
        broadcast_shapes(*shapes)
    return FunctionOperation(kind, function).symbolic_call(*arguments)


_BINARY = {
    "add": "Add", "sub": "Subtract", "mul": "Multiply", "truediv": "TrueDivide", "floordiv": "FloorDivide",
    "mod": "Mod", "pow": "Power", "matmul": "Matmul", "lt": "Less", "le": "LessEqual", "gt": "Greater",
    "ge": "GreaterEqual", "ne": "NotEqual", "and_": "LogicalAnd", "or_": "LogicalOr",
}  # fmt: skip
_UNARY = {"neg": "Negative", "abs": "Absolute", "invert": "LogicalNot"}


def operation_named(kind, name):
    """The operation that an operator of Python's made, from its configuration."""
    for known in (_BINARY, _UNARY):
        for function, its_kind in known.items():
            if its_kind == kind:
                return FunctionOperation(kind, getattr(operator, function), name)
    raise NotImplementedError(f"The operation {kind} of a model cannot be made from a configuration here: make a layer of it.")


def _operators():
    for name, kind in _BINARY.items():
        apply = getattr(operator, name)
        method = name.rstrip("_")
        setattr(KerasTensor, f"__{method}__", lambda self, other, a=apply, k=kind: _applied(k, a, self, other))
        setattr(KerasTensor, f"__r{method}__", lambda self, other, a=apply, k=kind: _applied(k, a, other, self))
    for name, kind in _UNARY.items():
        apply = getattr(operator, name)
        setattr(KerasTensor, f"__{name}__", lambda self, a=apply, k=kind: _applied(k, a, self))
    KerasTensor.__hash__ = object.__hash__


_operators()


def any_symbolic(*structures):
    for structure in structures:
        for leaf in _nest.flatten(structure):
            if isinstance(leaf, KerasTensor):
                return True
    return False


# ---- shapes of what a function gives


def _stand_in(sizes, text):
    """Of a KerasTensor: a tensor of zeros, or of this text, with these numbers where its sizes are open."""

    def made(leaf):
        if not isinstance(leaf, KerasTensor):
            return leaf
        shape = [sizes[place > 0] if size is None else size for place, size in enumerate(leaf.shape)]
        zero = {"bool": False, "string": text}.get(leaf.dtype, 0)
        return _tapescope.run("Fill", _tapescope.tensor(zero, leaf.dtype), shape=shape)

    return made


_SIZES = ((2, 16), (3, 18))


def infer(name, function, args, kwargs):
    """What `function` gives, as KerasTensors: it runs on stand-ins of two sizes, and what differs is open."""
    tensors = [leaf for leaf in _nest.flatten((args, kwargs)) if isinstance(leaf, KerasTensor)]
    has_text = any(leaf.dtype == "string" for leaf in tensors)
    count = 2 if has_text or any(None in leaf.shape for leaf in tensors) else 1

    def runs(*texts):
        given = [_nest.map_structure(_stand_in(*one), [list(args), kwargs]) for one in zip(_SIZES[:count], texts)]
        return [function(*one[0], **one[1]) for one in given]

    _scopes.State.inferring += 1
    _tapescope.set_tapes_aside()
    try:
        with fold(f"shapes of {name}"), _gradients.Recorded():
            try:
                results = runs("0", "0 0")
            except Exception:
                if not has_text:
                    raise
                results = runs("0", "0")  # a number in words is one word
    finally:
        _tapescope.take_tapes_back()
        _scopes.State.inferring -= 1

    def described(*outputs):
        first = outputs[0]
        if not _tapescope.is_tensor(first):
            return first
        shapes = [standardize_shape(output.shape) for output in outputs]
        shape = tuple(size if all(other[place] == size for other in shapes) else None for place, size in enumerate(shapes[0]))
        return KerasTensor(shape, standardize_dtype(first.dtype))

    if all(result is None for result in results):
        return None
    return _nest.map_structure(described, *results)


# ---- operations and nodes


class SymbolicArguments:
    def __init__(self, args, kwargs):
        self.args, self.kwargs = args, kwargs
        self.keras_tensors = [leaf for leaf in _nest.flatten((args, kwargs)) if isinstance(leaf, KerasTensor)]

    def fill_in(self, values):
        def switch(leaf):
            if isinstance(leaf, KerasTensor):
                return values.get(id(leaf))
            return leaf

        filled = _nest.map_structure(switch, [list(self.args), dict(self.kwargs)])
        return filled[0], filled[1]


class Node:
    """One call of an operation on KerasTensors."""

    def __init__(self, operation, call_args=(), call_kwargs=None, outputs=None):
        self.operation = operation
        self.arguments = SymbolicArguments(call_args, call_kwargs or {})
        self.outputs = [] if outputs is None else _nest.flatten(outputs)
        for output in self.outputs:
            if not isinstance(output, KerasTensor):
                raise ValueError(
                    f"All operation outputs must be tensors. Operation {operation} returned a non-tensor. Non-tensor "
                    f"received: {output}"
                )
        for tensor in self.arguments.keras_tensors:
            if not hasattr(tensor, "_keras_history"):
                tensor._keras_history = KerasHistory(None, 0, 0)
        operation._inbound_nodes.append(self)
        for tensor in self.arguments.keras_tensors:
            if tensor._keras_history.operation is not None:
                tensor._keras_history.operation._outbound_nodes.append(self)
        index = len(operation._inbound_nodes) - 1
        for place, tensor in enumerate(self.outputs):
            tensor._keras_history = KerasHistory(operation, index, place)
        self.is_input = not self.arguments.keras_tensors

    def __repr__(self):
        return f"<Node operation={self.operation.name}, id={id(self)}>"

    @property
    def input_tensors(self):
        return self.arguments.keras_tensors

    @property
    def parent_nodes(self):
        histories = [tensor._keras_history for tensor in self.arguments.keras_tensors]
        return [one.operation._inbound_nodes[one.node_index] for one in histories if one.operation is not None]


def _one_or_all(items):
    return items[0] if len(items) == 1 else items


class Operation:
    def __init__(self, name=None):
        if name is None:
            name = auto_name(type(self).__name__)
        _scopes.check_name(name, after=f" (of type {type(name)})")
        self.name = name
        self._inbound_nodes = []
        self._outbound_nodes = []

    def __call__(self, *args, **kwargs):
        symbolic = any_symbolic(args, kwargs)
        function = self.symbolic_call if symbolic else self.call
        try:
            return function(*args, **kwargs)
        except Exception as error:
            raise _calling.explained(error, function, f"{type(self).__name__}.call()", args, kwargs) from None

    def symbolic_call(self, *args, **kwargs):
        outputs = self.compute_output_spec(*args, **kwargs)
        Node(self, args, kwargs, outputs)
        return outputs

    def call(self, *args, **kwargs):
        raise NotImplementedError

    def compute_output_spec(self, *args, **kwargs):
        try:
            return infer(self.name, self.call, args, kwargs)
        except Exception as error:
            kind = type(error)
            text = (
                f"Could not automatically infer the output shape / dtype of '{self.name}' (of type {type(self).__name__}). "
                f"Either the `{type(self).__name__}.call()` method is incorrect, or you need to implement the "
                f"`{type(self).__name__}.compute_output_spec() / compute_output_shape()` method. Error encountered:\n\n{error}"
            )
            try:
                raised = kind(text)
            except TypeError:
                raised = RuntimeError(text)
            raise raised.with_traceback(error.__traceback__) from None

    def _around(self, attribute):
        if not self._inbound_nodes:
            raise AttributeError(
                f"The layer {self.name} has never been called and thus has no defined {attribute}."
            )

    @property
    def input(self):
        self._around("input")
        return _one_or_all(self._inbound_nodes[0].input_tensors)

    @property
    def output(self):
        self._around("output")
        return _one_or_all(self._inbound_nodes[0].outputs)

    def get_config(self):
        return {"name": self.name}

    @classmethod
    def from_config(cls, config):
        if isinstance(config.get("dtype"), dict):
            config = {**config, "dtype": config["dtype"]["config"]["name"]}
        try:
            return cls(**config)
        except Exception as error:
            raise TypeError(
                f"Error when deserializing class '{cls.__name__}' using config={config}.\n\nException encountered: {error}"
            ) from None


class FunctionOperation(Operation):
    """A function of tensors where a KerasTensor is given."""

    def __init__(self, kind, function, name=None):
        super().__init__(name or auto_name(kind))
        self.kind = kind
        self.call = function

    def __repr__(self):
        return f"<Operation name={self.name}>"

    def compute_output_spec(self, *args, **kwargs):
        return infer(self.name, self.call, args, kwargs)


FunctionOperation.__module__ = "keras.src.ops.numpy"
