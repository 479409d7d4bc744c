# SPDX-License-Identifier: Apache-2.0
"""Joining, cutting, repeating and picking: tensorflow/python/ops/array_ops.py over the engine's rows."""

import builtins

import _tapescope

from tensorflow._errors import InvalidArgumentError
from tensorflow._fold import fold
from tensorflow._slices import IndexedSlices

_tensor = _tapescope.tensor


def _listed(*values):
    return builtins.any(isinstance(value, (list, tuple)) for value in values)


def run(op, *inputs, name=None, given=(), **attributes):
    """Runs a row. `given`: the arguments as the script gave them; where a list is among them TensorFlow takes another way
    to the kernel, whose complaints end without a name."""
    return _tapescope.run(op, *inputs, name=False if _listed(*given) else name, **attributes)


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


def _axis(axis, rank, least=None):
    low, high = (-rank if least is None else least), rank
    if not low <= axis < high:
        raise ValueError(f"Argument `axis` = {axis} not in range [{low}, {high})")
    return axis


# ---- joining and cutting


def concat(values, axis, name="concat"):
    if not isinstance(values, (list, tuple)):
        values = [values]
    axis = numbers(axis)[0]
    if not values:
        raise InvalidArgumentError(
            "OpKernel 'ConcatV2' has constraint on attr 'T' not in NodeDef '[N=0, Tidx=DT_INT32]', KernelDef: "
            '\'goo.gle/debugproto  op: "ConcatV2" device_type: "CPU" constraint { name: "T" allowed_values { list { type: '
            "DT_QINT32 } } } host_memory_arg: \"axis\"' [Op:ConcatV2] name: concat"
        )
    if len(values) == 1:
        return run("Identity", _tensor(values[0], None), name=name)
    return run("ConcatV2", *matched(*values), axis=axis, name=name, given=values)


def stack(values, axis=0, name="stack"):
    if axis == 0 and not (isinstance(values, (list, tuple)) and builtins.any(hasattr(one, "shape") for one in values)):
        return _tensor(values, None)
    values = list(values)
    rank = len(_tensor(values[0], None).shape) + 1
    _axis(axis, rank)
    if axis == 0:
        return run("Pack", *matched(*values), axis=0, name=None if _listed(*values) else name)
    return run("Pack", *matched(*values), axis=axis, name=name, given=values)


def unstack(value, num=None, axis=0, name="unstack"):
    tensor = _tensor(value, None)
    _axis(axis, len(tensor.shape))
    return run("Unpack", tensor, num=int(tensor.shape[axis]) if num is None else num, axis=axis, name=name)


def split(value, num_or_size_splits, axis=0, num=None, name="split"):
    tensor = _tensor(value, None)
    axis = numbers(axis)[0]
    if isinstance(num_or_size_splits, int):
        if num_or_size_splits < 1:
            raise InvalidArgumentError(f"Value for attr 'num_split' of {num_or_size_splits} must be at least minimum 1\n\t; NodeDef: {{{{node Split}}}}; "
                "Op<name=Split; signature=split_dim:int32, value:T -> output:num_split*T; attr=num_split:int,min=1; "
                "attr=T:type> [Op:Split] name: split",
            )
        return run("Split", tensor, num_split=num_or_size_splits, axis=axis, name=name)
    sizes = _tensor(num_or_size_splits, None)
    if len(sizes.shape) == 0:
        raise ValueError(
            "Rank-0 tensors are not supported as the num_or_size_splits argument to split. Argument provided: "
            + str(num_or_size_splits)
        )
    if len(sizes.shape) > 1:
        text = (
            f"size of the split_tensor must be 1-D and have the same elements as outputs got {len(sizes.shape)} -D and "
            f"{len(numbers(sizes))} elements"
        )
        raise kernel_error("SplitV", text, f"SplitV_num_split_{shape_of(sizes)[0]}", name)
    return run("SplitV", tensor, size_splits=numbers(sizes), axis=axis, name=name)


# ---- the same elements in another arrangement


def transpose(a, perm=None, conjugate=False, name="transpose"):
    tensor = _tensor(a, None)
    if isinstance(perm, (list, tuple)) and _listed(*perm):
        text = "perm must be rank 1, got shape [%s]" % ",".join(map(str, shape_of(_tensor(perm, None))))
        raise InvalidArgumentError(str(kernel_error("Transpose", text))[: -len(" name: ")])
    result = run("Transpose", tensor, perm=perm, given=(a, perm))
    return run("Conj", result) if conjugate and tensor.dtype.name.startswith("complex") else result


def expand_dims(input, axis, name=None):
    return run("ExpandDims", _tensor(input, None), axis=numbers(axis)[0], name=name, given=(input, axis))


def squeeze(input, axis=None, name=None):
    return run("Squeeze", _tensor(input, None), axis=axis, name=name, given=(input,))


def _vector(op, text, value, rank=None):
    """The integers of an argument that must be a vector."""
    if not isinstance(value, (list, tuple)) and len(_tensor(value, None).shape) != 1:
        raise kernel_error(op, text)
    return numbers(value)


def kernel_error(op, text, kernel=None, name=""):
    return InvalidArgumentError(f"{{{{function_node __wrapped__{kernel or op}_device_/job:localhost/replica:0/task:0/device:CPU:0}}}} {text} "
        f"[Op:{op}] name: {name}",
    )


def tile(input, multiples, name=None):
    multiples_ = _vector("Tile", "Expected multiples to be 1-D, but got shape []", multiples)
    return run("Tile", _tensor(input, None), multiples=multiples_, name=name, given=(input, multiples))


def reverse(tensor, axis, name=None):
    axis_ = _vector("ReverseV2", "'dims' must be 1-dimension, not 0", axis)
    return run("ReverseV2", _tensor(tensor, None), axis=axis_, name=name, given=(tensor, axis))


def roll(input, shift, axis, name=None):
    return run(
        "Roll", _tensor(input, None), shift=numbers(shift), axis=numbers(axis), name=name, given=(input, shift, axis)
    )


def repeat(input, repeats, axis=None, name=None):
    with fold("tf.repeat"):
        data = _tensor(input, None)
        if axis is None:
            data, axis = run("Reshape", data, shape=[-1]), 0
        rank = len(data.shape)
        if not -rank <= axis < rank:
            raise ValueError(f"axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
        return _repeated(data, _tensor(repeats, None), axis % rank if rank else axis)


def _repeated(data, repeats, axis):
    rank = len(repeats.shape)
    if rank > 1:
        raise ValueError(f"Shape {repeats.shape} must have rank at most 1")
    sizes = shape_of(data)
    counts = numbers(repeats)
    if rank == 0 or len(counts) == 1:
        expanded = run("ExpandDims", data, axis=axis + 1)
        multiples = [1] * (axis + 1) + [counts[0]] + [1] * (len(sizes) - axis - 1)
        tiled = _tapescope.run("Tile", expanded, multiples=multiples, name=False)
        return run("Reshape", tiled, shape=sizes[:axis] + [-1 if counts[0] else 0] + sizes[axis + 1 :])
    if len(counts) != sizes[axis]:
        raise ValueError(f"Dimensions {sizes[axis]} and {len(counts)} are not compatible")
    longest = max(counts)
    expanded = run("ExpandDims", data, axis=axis + 1)
    multiples = [1] * (axis + 1) + [longest] + [1] * (len(sizes) - axis - 1)
    mask = sequence_mask(run("BroadcastTo", repeats, shape=sizes[: axis + 1]), longest)
    masked = boolean_mask(run("Tile", expanded, multiples=multiples), mask)
    return masked if axis == 0 else run("Reshape", masked, shape=sizes[:axis] + [sum(counts)] + sizes[axis + 1 :])


def _paddings(op, paddings):
    shape = shape_of(_tensor(paddings, None))
    if len(shape) != 2 or shape[1] != 2:
        text = "paddings must be a matrix with 2 columns: [%s]" % ",".join(map(str, shape))
        error = kernel_error(op, text)
        raise InvalidArgumentError(str(error)[: -len(" name: ")]) if _listed(paddings) else error
    return numbers(paddings)


def pad(tensor, paddings, mode="CONSTANT", constant_values=0, name=None):
    given = (tensor, paddings)
    mode = mode.upper()
    value = _tensor(tensor, None)
    if mode == "CONSTANT":
        plain = not _tapescope.is_tensor(constant_values) and constant_values == 0
        pairs = _paddings("Pad" if plain else "PadV2", paddings)
        if plain:
            return run("Pad", value, paddings=pairs, name=name, given=given)
        return run(
            "PadV2", value, _tensor(constant_values, value.dtype), paddings=pairs, name=name, given=given
        )
    if mode not in ("REFLECT", "SYMMETRIC"):
        raise ValueError(
            'Value of argument `mode` expected to be one of "CONSTANT", "REFLECT", or "SYMMETRIC". '
            f"Received `mode` = {mode}"
        )
    return run("MirrorPad", value, paddings=_paddings("MirrorPad", paddings), mode=mode, name=name, given=given)


def _checked_format(data_format):
    if data_format != "NHWC":
        raise NotImplementedError("Only the data format NHWC is there yet.")


def space_to_depth(input, block_size, data_format="NHWC", name=None):
    _checked_format(data_format)
    return run("SpaceToDepth", _tensor(input, None), block_size=block_size, name=name, given=(input,))


def depth_to_space(input, block_size, data_format="NHWC", name=None):
    _checked_format(data_format)
    return run("DepthToSpace", _tensor(input, None), block_size=block_size, name=name, given=(input,))


def space_to_batch(input, block_shape, paddings, name=None):
    return run(
        "SpaceToBatchND", _tensor(input, None), block_shape=numbers(block_shape), paddings=numbers(paddings), name=name,
        given=(input, block_shape, paddings),
    )


def batch_to_space(input, block_shape, crops, name=None):
    return run(
        "BatchToSpaceND", _tensor(input, None), block_shape=numbers(block_shape), crops=numbers(crops), name=name,
        given=(input, block_shape, crops),
    )


def reverse_sequence(input, seq_lengths, seq_axis=None, batch_axis=None, name=None):
    return run(
        "ReverseSequence", _tensor(input, None), _tensor(seq_lengths, None), seq_axis=seq_axis, batch_axis=batch_axis or 0,
        name=name, given=(input, seq_lengths),
    )


# ---- shapes


def shape(input, out_type=None, name=None):
    return run("Shape", _tensor(input, None), out_type="int32" if out_type is None else out_type)


def shape_n(input, out_type="int32", name=None):
    return run("ShapeN", *matched(*input), out_type=out_type)


def size(input, out_type=None, name=None):
    return run("Size", _tensor(input, None), out_type="int32" if out_type is None else out_type)


def identity_n(input, name=None):
    return run("IdentityN", *[_tensor(one, None) for one in input])


def identity(input, name=None):
    if isinstance(input, IndexedSlices):
        parts = [None if part is None else identity(part) for part in (input.values, input.indices, input.dense_shape)]
        return IndexedSlices(*parts)
    return run("Identity", _tensor(input, None))


def ensure_shape(x, shape, name=None):
    expected = None if getattr(shape, "rank", 0) is None or shape is None else [-1 if one is None else int(one) for one in shape]
    return run("EnsureShape", _tensor(x, None), shape=expected, name=name)


def broadcast_static_shape(shape_x, shape_y):
    joined = _broadcast(list(shape_x), list(shape_y))
    if joined is None:
        raise ValueError(
            "Incompatible shapes for broadcasting. Two shapes are compatible if for each dimension pair they are either equal "
            f"or one of them is 1. Received: {shape_x} and {shape_y}."
        )
    return type(shape_x)(joined)


def _broadcast(x, y):
    rank = max(len(x), len(y))
    joined = []
    for a, b in builtins.zip([1] * (rank - len(x)) + x, [1] * (rank - len(y)) + y):
        if a != b and 1 not in (a, b):
            return None
        joined.append(b if a == 1 else a)
    return joined


def broadcast_dynamic_shape(shape_x, shape_y):
    x, y = numbers(shape_x), numbers(shape_y)
    joined = _broadcast(x, y)
    if joined is None:
        text = "Incompatible shapes: [%s] vs. [%s]" % (",".join(map(str, x)), ",".join(map(str, y)))
        raise InvalidArgumentError(str(kernel_error("BroadcastArgs", text))[: -len(" name: ")])
    return _tensor(joined, "int32")


# ---- parts


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
    axis = batch_dims if axis is None else numbers(axis)[0]
    given = (params, indices)
    if axis == 0:
        if _tapescope.is_variable(params):
            return run("ResourceGather", params, _indices("ResourceGather", indices), name=name, given=given)
        batch_dims = 0
    return run(
        "GatherV2", _tensor(params, None), _indices("GatherV2", indices), axis=axis, batch_dims=batch_dims, name=name,
        given=given,
    )


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


def _indices(op, indices):
    tensor = _tensor(indices, None)
    attribute, allowed, declared = _DECLARED[op]
    if tensor.dtype.name not in allowed.split(", "):
        raise InvalidArgumentError(
            f"Value for attr '{attribute}' of {_tapescope.kernel_name(tensor.dtype)} is not in the list of allowed values: "
            f"{allowed}\n\t; NodeDef: {{{{node {op}}}}}; Op<name={op}; {declared}> [Op:{op}]"
            + ("" if _listed(indices) else " name: ")
        )
    return tensor


def gather_nd(params, indices, batch_dims=0, name=None, bad_indices_policy=""):
    given = (params, indices)
    if batch_dims:
        return _batch_gather_nd(_tensor(params, None), _tensor(indices, None), numbers(batch_dims)[0], name)
    if _tapescope.is_variable(params):
        return run("ResourceGatherNd", params, _indices("ResourceGatherNd", indices), name=name, given=given)
    return run("GatherNd", _tensor(params, None), _indices("GatherNd", indices), name=name, given=given)


def _batch_gather_nd(params, indices, batch_dims, name):
    with fold("tf.gather_nd"):
        sizes = shape_of(indices)
        columns = []
        for axis in builtins.range(batch_dims):
            shape = [1] * len(sizes)
            shape[axis] = sizes[axis]
            column = run("Reshape", range(sizes[axis], dtype=indices.dtype), shape=shape)
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
                + ("" if _listed(condition, x, y) else " name: ")
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
    return run(
        "DynamicPartition", _tensor(data, None), _tensor(partitions, None), num_partitions=num_partitions, name=name,
        given=(data, partitions),
    )


def dynamic_stitch(indices, data, name=None):
    return run(
        "DynamicStitch", *[_tensor(one, "int32") for one in indices], *matched(*data), name=name, given=(indices, data)
    )


# ---- numbers and places


def one_hot(indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None):
    wanted = None if dtype is None else _tapescope.as_dtype(dtype)
    given = [(word, value) for word, value in (("on_value", on_value), ("off_value", off_value)) if value is not None]
    own = {word: _tensor(value, wanted if not _tapescope.is_tensor(value) and _fits(value, wanted) else None).dtype
           for word, value in given}
    for word, value in own.items():
        if wanted is not None and value != wanted:
            raise TypeError(f"dtype {value} of {word} does not match dtype parameter {wanted}")
    if len(own) == 2 and own["on_value"] != own["off_value"]:
        raise TypeError(f"dtype {own['on_value']} of on_value does not match dtype {own['off_value']} of off_value")
    chosen = wanted or (next(iter(own.values())) if own else _tapescope.as_dtype("float32"))
    on = _tensor(1 if on_value is None else on_value, chosen)
    off = _tensor(0 if off_value is None else off_value, chosen)
    deep = _tensor(depth, None)
    if len(deep.shape) != 0:
        text = "depth must be a scalar, but got: [%s]" % ",".join(map(str, shape_of(deep)))
        raise InvalidArgumentError(str(kernel_error("OneHot", text))[: -len(" name: ")])
    return run(
        "OneHot", _indices("OneHot", indices), on, off, depth=numbers(deep)[0], axis=-1 if axis is None else axis, name=name,
        given=(indices, depth),
    )


def _fits(value, dtype):
    return dtype is not None and not (isinstance(value, float) and dtype.is_integer)


_RANKED = ("int32", "int64", "float16", "bfloat16", "float32", "float64")


def range(start, limit=None, delta=1, dtype=None, name="range"):
    if limit is None:
        start, limit = 0, start
    given = [start, limit, delta]
    if dtype is None:
        dtypes = [value.dtype for value in (_tensor(one, None) for one in given)]
        known = [one for one in dtypes if one.name in _RANKED]
        dtype = max(known, key=lambda one: _RANKED.index(one.name)) if known else dtypes[0]
    dtype = _tapescope.as_dtype(dtype)
    ends = [run("Cast", one, dtype=dtype) if _tapescope.is_tensor(one) else _tensor(one, dtype) for one in given]
    return run("Range", *[run("Reshape", one, shape=[]) if shape_of(one) == [1] else one for one in ends])


def linspace(start, stop, num, name=None, axis=0):
    with fold("tf.linspace"):
        start = _tensor(start, None)
        if start.dtype.is_integer:
            start = run("Cast", start, dtype="float64")
        stop = _tensor(stop, start.dtype) if not _tapescope.is_tensor(stop) else stop
        if stop.dtype != start.dtype:
            stop = run("Cast", stop, dtype=start.dtype)
        number = _tensor(num, None)
        if not number.dtype.is_integer:
            raise TypeError(
                f"Argument `tensor` (name: num) must be of type integer. Received `tensor` = {num} of dtype: {number.dtype}"
            )
        return _spaced(start, stop, numbers(number)[0], axis)


def _spaced(start, stop, num, axis):
    common = _broadcast(shape_of(start), shape_of(stop))
    start, stop = (run("ExpandDims", run("BroadcastTo", one, shape=common), axis=axis) for one in (start, stop))
    sizes = shape_of(start)
    axis = axis if axis >= 0 else len(sizes) + axis
    steps = max(num - 1, 1)
    delta = run("RealDiv", run("Sub", stop, start), _tensor(steps, start.dtype))
    inner = run("Cast", range(1, steps if num >= 0 else -1, dtype="int64"), dtype=start.dtype)
    inner = run("Reshape", inner, shape=[max(num - 2, 0) if at == axis else 1 for at in builtins.range(len(sizes))])
    between = run("AddV2", start, run("Mul", delta, inner))
    whole = run("ConcatV2", start, between, stop, axis=axis)
    return run("Slice", whole, begin=[0] * len(sizes), size=sizes[:axis] + [num] + sizes[axis + 1 :])


def sequence_mask(lengths, maxlen=None, dtype="bool", name=None):
    with fold("tf.sequence_mask"):
        lengths = _tensor(lengths, None)
        if maxlen is None:
            maxlen = run("Maximum", run("Max", lengths), _tensor(0, lengths.dtype))
        else:
            given, maxlen = maxlen, _tensor(maxlen, None)
            if len(maxlen.shape) != 0:
                raise ValueError(
                    f"Argument `maxlen` must be scalar for sequence_mask, received `maxlen` = {given} with shape "
                    f"'{maxlen.shape}' instead"
                )
        row = range(0, maxlen, 1)
        ends = run("Cast", run("ExpandDims", lengths, axis=-1), dtype=row.dtype)
        mask = run("Less", row, ends)
        return mask if _tapescope.as_dtype(dtype).name == "bool" else run("Cast", mask, dtype=dtype)


def meshgrid(*args, **kwargs):
    indexing = kwargs.pop("indexing", "xy")
    kwargs.pop("name", None)
    if kwargs:
        raise TypeError(f"'{next(iter(kwargs))}' is an invalid keyword argument for this function")
    if indexing not in ("xy", "ij"):
        raise ValueError(f"Argument `indexing` parameter must be either 'xy' or 'ij', got '{indexing}'")
    with fold("tf.meshgrid"):
        tensors = [_tensor(one, None) for one in args]
        count = len(tensors)
        sizes = [numbers(run("Size", one))[0] for one in tensors]
        places = list(builtins.range(count))
        if indexing == "xy" and count > 1:
            places[0], places[1] = 1, 0
        whole = [sizes[places[axis]] for axis in builtins.range(count)]
        factor = _tapescope.constant(1, tensors[0].dtype, whole)
        grids = []
        for place, tensor in builtins.zip(places, tensors):
            spread = run("Reshape", tensor, shape=[-1 if axis == place else 1 for axis in builtins.range(count)])
            grids.append(run("Mul", spread, factor))
        return grids


def searchsorted(sorted_sequence, values, side="left", out_type="int32", name=None):
    if side not in ("left", "right"):
        raise ValueError(f"Argument `side` must be either 'right' or 'left'. Received: `side` = '{side}'.")
    with fold("tf.searchsorted"):
        rows, values = matched(sorted_sequence, values)
        width, each = shape_of(rows)[-1], shape_of(values)[-1]
        op = "LowerBound" if side == "left" else "UpperBound"
        flat = run("Reshape", rows, shape=[-1, width]), run("Reshape", values, shape=[-1, each])
        return run("Reshape", run(op, *flat, out_type=out_type), shape=shape_of(values))


# ---- filled tensors


def _filled(value, shape, dtype):
    return _tapescope.constant(value, dtype, shape)


def _zero(dtype):
    return {"string": "", "bool": False}.get(dtype.name, 0)


def zeros(shape, dtype="float32", name=None, layout=None):
    dtype = _tapescope.as_dtype(dtype)
    return _filled(_zero(dtype), numbers(shape), dtype)


def ones(shape, dtype="float32", name=None, layout=None):
    dtype = _tapescope.as_dtype(dtype)
    return _filled(True if dtype.name == "bool" else 1, numbers(shape), dtype)


def fill(dims, value, name=None, layout=None):
    value = _tensor(value, None)
    if shape_of(value) == [1]:
        value = run("Reshape", value, shape=[])
    if len(value.shape) != 0:
        text = "value must be a scalar, got shape [%s]" % ",".join(map(str, shape_of(value)))
        raise InvalidArgumentError(str(kernel_error("Fill", text))[: -len(" name: ")])
    return run("Fill", value, shape=dims, name=name, given=(dims,))


def zeros_like(input, dtype=None, name=None, layout=None):
    tensor = _tensor(input, None)
    if dtype is None or _tapescope.as_dtype(dtype) == tensor.dtype:
        return run("ZerosLike", tensor)
    return zeros(shape_of(tensor), dtype)


def ones_like(input, dtype=None, name=None, layout=None):
    tensor = _tensor(input, None)
    if dtype is None or _tapescope.as_dtype(dtype) == tensor.dtype:
        return run("OnesLike", tensor)
    return ones(shape_of(tensor), dtype)


def broadcast_to(input, shape, name=None):
    sizes = _vector("BroadcastTo", "shape must be a vector of {int32,int64}, got shape []", shape)
    return run("BroadcastTo", _tensor(input, None), shape=sizes, name=name, given=(input, shape))


def _said(function):
    """What TensorFlow's dispatcher says where an argument is missing."""

    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except TypeError as error:
            if str(error).startswith(f"{function.__name__}() missing "):
                raise TypeError("Missing required positional argument") from None
            raise

    call.__name__ = call.__qualname__ = function.__name__
    call.__wrapped__ = function
    return call


NAMES = {
    "nn.depth_to_space": depth_to_space,
    "nn.space_to_depth": space_to_depth,
    "batch_to_space": batch_to_space,
    "space_to_batch": space_to_batch,
    "space_to_batch_nd": space_to_batch,
    "debugging.ensure_shape": ensure_shape,
    "tensor_scatter_nd_update": _tensor_scatter("TensorScatterUpdate"),
    "tensor_scatter_nd_add": _tensor_scatter("TensorScatterAdd"),
    "tensor_scatter_nd_sub": _tensor_scatter("TensorScatterSub"),
    "tensor_scatter_nd_max": _tensor_scatter("TensorScatterMax"),
    "tensor_scatter_nd_min": _tensor_scatter("TensorScatterMin"),
    **{
        function.__name__: _said(function)
        for function in (
            boolean_mask, broadcast_dynamic_shape, broadcast_static_shape, broadcast_to, concat, dynamic_partition, dynamic_stitch,
            ensure_shape, expand_dims, fill, gather, gather_nd, identity, identity_n, linspace, meshgrid, one_hot,
            ones, ones_like, pad, range, repeat, reverse, reverse_sequence, roll, scatter_nd, searchsorted, sequence_mask,
            shape, shape_n, size, slice, space_to_batch, split, squeeze, stack, strided_slice, tile, transpose, unstack,
            where, zeros, zeros_like,
        )
    },
}
