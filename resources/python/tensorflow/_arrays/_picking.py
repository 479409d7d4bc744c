# SPDX-License-Identifier: Apache-2.0
"""Parts of tensors: picked by place, by a condition or by value, and put in at places."""

import builtins

import _tapescope

from tensorflow._arrays import _filling
from tensorflow._arrays._arguments import axis_of, checked_indices, matched, numbers, run, shape_of, slowly
from tensorflow._running._fold import fold
from tensorflow._values._errors import InvalidArgumentError

_tensor = _tapescope.tensor


def slice(input_, begin, size, name=None):
    return run(
        "Slice", _tensor(input_, None), begin=numbers(begin), size=numbers(size), name=name, given=(input_, begin, size)
    )


def strided_slice(
    input_, begin, end, strides=None, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0,
    var=None, name=None,
):
    first = numbers(begin)
    return run(
        "StridedSlice", _tensor(input_, None), begin=first, end=numbers(end),
        strides=[1] * len(first) if strides is None else numbers(strides), begin_mask=begin_mask, end_mask=end_mask,
        ellipsis_mask=ellipsis_mask, new_axis_mask=new_axis_mask, shrink_axis_mask=shrink_axis_mask, name=name,
        given=(input_, begin, end, strides),
    )


def gather(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None):
    axis = batch_dims if axis is None else axis_of("GatherV2", "Taxis", axis)
    given = (params, indices)
    if axis == 0:
        if _tapescope.is_variable(params):
            return run("ResourceGather", params, checked_indices("ResourceGather", indices), name=name, given=given)
        batch_dims = 0
    return run(
        "GatherV2", _tensor(params, None), checked_indices("GatherV2", indices), axis=axis, batch_dims=batch_dims, name=name,
        given=given,
    )


def gather_nd(params, indices, batch_dims=0, name=None, bad_indices_policy=""):
    given = (params, indices)
    if not _tapescope.is_tensor(batch_dims) and not isinstance(batch_dims, int):
        raise TypeError(f"Argument `batch_dims` must be an int; got {batch_dims}")
    if not _tapescope.is_tensor(batch_dims) and batch_dims < 0:
        raise ValueError("tf.gather_nd does not allow negative batch_dims.")
    if batch_dims:
        return _batch_gather_nd(_tensor(params, None), _tensor(indices, None), numbers(batch_dims)[0], name)
    if _tapescope.is_variable(params):
        return run("ResourceGatherNd", params, checked_indices("ResourceGatherNd", indices), name=name, given=given)
    return run("GatherNd", _tensor(params, None), checked_indices("GatherNd", indices), name=name, given=given)


def _batch_gather_nd(params, indices, batch_dims, name):
    with fold("tf.gather_nd"):
        sizes = shape_of(indices)
        columns = []
        for axis in builtins.range(batch_dims):
            shape = [1] * len(sizes)
            shape[axis] = sizes[axis]
            column = run("Reshape", _filling.range(sizes[axis], dtype=indices.dtype), shape=shape)
            columns.append(run("BroadcastTo", column, shape=sizes[:-1] + [1]))
        return run("GatherNd", params, run("ConcatV2", *columns, indices, axis=len(sizes) - 1), name=name)


def boolean_mask(tensor, mask, axis=None, name="boolean_mask"):
    with fold("tf.boolean_mask"):
        tensor, mask = _tensor(tensor, None), _tensor(mask, None)
        masked = mask.shape
        if len(masked) == 0:
            raise ValueError("mask cannot be scalar.")
        axis = 0 if axis is None else numbers(axis)[0]
        part = tensor.shape[axis : axis + len(masked)]
        if list(part) != list(masked):
            raise ValueError(f"Shapes {part} and {masked} are incompatible")
        sizes = shape_of(tensor)
        count = 1
        for one in part:
            count *= int(one)
        flat = run("Reshape", tensor, shape=sizes[:axis] + [count] + sizes[axis + len(masked) :])
        places = run("Squeeze", run("Where", run("Reshape", mask, shape=[-1])), axis=[1])
        return run("GatherV2", flat, places, axis=axis)


def where(condition, x=None, y=None, name=None):
    if x is None and y is None:
        return run("Where", _tensor(condition, None), name=name)
    if x is None or y is None:
        raise ValueError("x and y must both be non-None or both be None.")
    chosen, (yes, no) = _tensor(condition, None), matched(x, y)
    if chosen.dtype.name != "bool" and not _tapescope.is_tensor(condition):
        raise TypeError(f"Cannot convert {condition!r} to EagerTensor of dtype bool")
    for place, one, wanted in ((0, chosen, "bool"), (2, no, yes.dtype)):
        if one.dtype != wanted:
            raise InvalidArgumentError(
                f"cannot compute SelectV2 as input #{place}(zero-based) was expected to be a {_tapescope.kernel_name(wanted)} "
                f"tensor but is a {_tapescope.kernel_name(one.dtype)} tensor [Op:SelectV2]"
                + ("" if slowly(condition, x, y) else " name: ")
            )
    return run("SelectV2", chosen, yes, no, name=name, given=(condition, x, y))


def scatter_nd(indices, updates, shape, name=None, bad_indices_policy=""):
    return run(
        "ScatterNd", _tensor(indices, None), _tensor(updates, None), shape=shape, name=name, given=(indices, updates, shape)
    )


def _tensor_scatter(op):
    def scattered(tensor, indices, updates, name=None, bad_indices_policy=""):
        base, new = matched(tensor, updates)
        return run(op, base, _tensor(indices, None), new, name=name, given=(tensor, indices, updates))

    return scattered


def dynamic_partition(data, partitions, num_partitions, name=None):
    if isinstance(num_partitions, int) and num_partitions < 1:
        text = (
            f"Value for attr 'num_partitions' of {num_partitions} must be at least minimum 1\n\t; NodeDef: {{{{node "
            "DynamicPartition}}; Op<name=DynamicPartition; signature=data:T, partitions:int32 -> outputs:num_partitions*T; "
            "attr=num_partitions:int,min=1; attr=T:type> [Op:DynamicPartition]"
        )
        raise InvalidArgumentError(text + ("" if slowly(data, partitions) else " name: "))
    return run(
        "DynamicPartition", _tensor(data, None), _tensor(partitions, None), num_partitions=num_partitions, name=name,
        given=(data, partitions),
    )


def dynamic_stitch(indices, data, name=None):
    return run(
        "DynamicStitch", *[_tensor(one, "int32") for one in indices], *matched(*data), name=name, given=(indices, data)
    )


def searchsorted(sorted_sequence, values, side="left", out_type="int32", name=None):
    if side not in ("left", "right"):
        raise ValueError(f"Argument `side` must be either 'right' or 'left'. Received: `side` = '{side}'.")
    with fold("tf.searchsorted"):
        rows, values = _tensor(sorted_sequence, None), _tensor(values, None)
        width, each = run("Shape", rows)[-1], run("Shape", values)[-1]
        op = "LowerBound" if side == "left" else "UpperBound"
        flat = run("Reshape", rows, shape=[-1, width]), run("Reshape", values, shape=[-1, each])
        return run("Reshape", run(op, *flat, out_type=out_type), shape=shape_of(values))


FUNCTIONS = (
    boolean_mask, dynamic_partition, dynamic_stitch, gather, gather_nd, scatter_nd, searchsorted, slice, strided_slice, where,
)
SCATTERS = {
    "tensor_scatter_nd_update": _tensor_scatter("TensorScatterUpdate"),
    "tensor_scatter_nd_add": _tensor_scatter("TensorScatterAdd"),
    "tensor_scatter_nd_sub": _tensor_scatter("TensorScatterSub"),
    "tensor_scatter_nd_max": _tensor_scatter("TensorScatterMax"),
    "tensor_scatter_nd_min": _tensor_scatter("TensorScatterMin"),
}
