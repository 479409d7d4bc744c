# SPDX-License-Identifier: Apache-2.0
"""What functions of arrays do with their arguments before a row of the engine runs, and what TensorFlow says of those that
do not fit."""

import builtins

import _tapescope

from tensorflow._surface._dispatch import nameless
from tensorflow._values._errors import InvalidArgumentError

_tensor = _tapescope.tensor
slowly = _tapescope.slowly  # whether TensorFlow's fast path leaves one of the values to Python


def run(op, *inputs, name=None, given=(), **attributes):
    """Runs a row. `given`: the arguments as the script gave them; where its fast path leaves one of them it takes another
    way to the kernel, whose complaints end without a name."""
    return _tapescope.run(op, *inputs, name=False if slowly(*given) else name, **attributes)


def matched(*values):
    """The values as tensors of one dtype: of the first that is a tensor, else of the first."""
    known = [value for value in values if _tapescope.is_tensor(value)]
    first = known[0].dtype if known else _tensor(values[0], None).dtype
    return [value if _tapescope.is_tensor(value) else _tensor(value, first) for value in values]


def shape_of(value):
    return [int(size) for size in value.shape]


def numbers(value):
    """A vector of integers, as the script gave it: a number, a list, a tensor."""
    return _tapescope.numbers(value)


def axis_of(op, attribute, axis):
    """The integer that an axis is; a text is refused by the dtype that it would have as an input."""
    if isinstance(axis, (str, bytes)):
        with nameless():
            _tapescope.refuse_type(op, attribute, "string")
    return numbers(axis)[0]


def vector_of(op, text, value, rank=None):
    """The integers of an argument that must be a vector."""
    if not isinstance(value, (list, tuple)) and len(_tensor(value, None).shape) != 1:
        raise kernel_error(op, text)
    return numbers(value)


def kernel_error(op, text, kernel=None, name="", given=()):
    """What a kernel complains of; `given` as in run()."""
    return InvalidArgumentError(
        f"{{{{function_node __wrapped__{kernel or op}_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} {text} "
        f"[Op:{op}]" + ("" if slowly(*given) else f" name: {name}")
    )


def slow_kernel_error(op, text):
    """The same of a function that always takes TensorFlow's slow path, which says no name."""
    return kernel_error(op, text, given=([],))


def common_shape(x, y):
    """What two shapes broadcast to, with the complaint of BroadcastArgs."""
    joined = broadcast(x, y)
    if joined is None:
        shown = " vs. ".join("[" + ",".join(map(str, one)) + "]" for one in (x, y))
        raise kernel_error("BroadcastArgs", f"Incompatible shapes: {shown}")
    return joined


def broadcast(x, y):
    rank = max(len(x), len(y))
    joined = []
    for a, b in builtins.zip([1] * (rank - len(x)) + x, [1] * (rank - len(y)) + y):
        if a != b and 1 not in (a, b):
            return None
        joined.append(b if a == 1 else a)
    return joined


# How an operation is declared, as TensorFlow says where an index has a dtype that is none.
_DECLARED = {
    "GatherV2": (
        "Tindices", "int16, int32, int64",
        "signature=params:Tparams, indices:Tindices, axis:Taxis -> output:Tparams; attr=batch_dims:int,default=0; "
        "attr=Tparams:type; attr=Tindices:type,allowed=[DT_INT16, DT_INT32, DT_INT64]; "
        "attr=Taxis:type,allowed=[DT_INT32, DT_INT64]",
    ),
    "ResourceGather": (
        "Tindices", "int32, int64",
        "signature=resource:resource, indices:Tindices -> output:dtype; attr=batch_dims:int,default=0; "
        "attr=validate_indices:bool,default=true; attr=dtype:type; attr=Tindices:type,allowed=[DT_INT32, DT_INT64]; "
        "is_stateful=true",
    ),
    "GatherNd": (
        "Tindices", "int16, int32, int64",
        "signature=params:Tparams, indices:Tindices -> output:Tparams; attr=Tparams:type; "
        'attr=Tindices:type,allowed=[DT_INT16, DT_INT32, DT_INT64]; attr=bad_indices_policy:string,default=""',
    ),
    "ResourceGatherNd": (
        "Tindices", "int32, int64",
        "signature=resource:resource, indices:Tindices -> output:dtype; attr=dtype:type; "
        "attr=Tindices:type,allowed=[DT_INT32, DT_INT64]; is_stateful=true",
    ),
    "OneHot": (
        "TI", "uint8, int8, int32, int64",
        "signature=indices:TI, depth:int32, on_value:T, off_value:T -> output:T; attr=axis:int,default=-1; attr=T:type; "
        "attr=TI:type,default=DT_INT64,allowed=[DT_UINT8, DT_INT8, DT_INT32, DT_INT64]",
    ),
}


def checked_indices(op, indices):
    tensor = _tensor(indices, None)
    attribute, allowed, declared = _DECLARED[op]
    if tensor.dtype.name not in allowed.split(", "):
        raise InvalidArgumentError(
            f"Value for attr '{attribute}' of {_tapescope.kernel_name(tensor.dtype)} is not in the list of allowed values: "
            f"{allowed}\n\t; NodeDef: {{{{node {op}}}}}; Op<name={op}; {declared}> [Op:{op}]"
            + ("" if slowly(indices) else " name: ")
        )
    return tensor
