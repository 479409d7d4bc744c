# SPDX-License-Identifier: Apache-2.0
"""Joining, cutting, repeating and arranging: tensorflow/python/ops/array_ops.py over the engine's rows."""

import builtins
import math

import _tapescope

from tensorflow._arrays import _filling, _picking
from tensorflow._arrays._arguments import (
    axis_of, broadcast, kernel_error, matched, numbers, run, shape_of, slow_kernel_error, vector_of,
)
from tensorflow._arrays._filling import sequence_mask
from tensorflow._arrays._picking import boolean_mask
from tensorflow._mathematics._operands import cast_to
from tensorflow._running._fold import fold
from tensorflow._values._errors import InvalidArgumentError
from tensorflow._values._slices import IndexedSlices

_tensor = _tapescope.tensor


def _axis(axis, rank, least=None):
    low, high = (-rank if least is None else least), rank
    if axis < low or axis >= high:
        raise ValueError(f"Argument `axis` = {axis} not in range [{low}, {high})")
    return axis


# ---- joining and cutting


def _sizes(value):
    return "[" + ",".join(map(str, shape_of(_tensor(value, None)))) + "]"


def _scalar_axis(axis):
    """What is asked of the axis of a single value, which takes no kernel."""
    tensor = axis if _tapescope.is_tensor(axis) else _tensor(axis, "int32")
    if tensor.dtype.name != "int32":
        raise ValueError(
            f"concat_dim: Tensor conversion requested dtype int32 for Tensor with dtype {tensor.dtype.name}: {tensor!r}")
    if len(tensor.shape):
        raise ValueError(f"Shape {tensor.shape} must have rank 0")


def concat(values, axis, name="concat"):
    if not isinstance(values, (list, tuple)):
        values = [values]
    if len(values) == 1:
        _scalar_axis(axis)
    elif isinstance(axis, (list, tuple)) and len(axis) != 1 or _tapescope.is_tensor(axis) and axis.shape.num_elements() != 1:
        text = f"axis tensor should be a scalar integer, but got shape {_sizes(axis)}"
        raise kernel_error("ConcatV2", text, f"ConcatV2_N_{len(values)}", given=(*values, axis))
    axis = axis_of("ConcatV2", "Tidx", axis)
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
        return run("Pack", *matched(*values), axis=0, name=name if builtins.all(_tapescope.is_tensor(one) for one in values) else None)
    return run("Pack", *matched(*values), axis=axis, name=name, given=values)


def unstack(value, num=None, axis=0, name="unstack"):
    tensor = _tensor(value, None)
    rank = len(tensor.shape)
    if num is None:
        num = int(tensor.shape[_axis(axis, rank)])
    if num == 0:
        return []
    if not -rank <= axis < rank:
        raise kernel_error("Unpack", f"axis = {axis} not in [{-rank}, {rank})", f"Unpack_num_{num}", name)
    return run("Unpack", tensor, num=num, axis=axis, name=name)


def split(value, num_or_size_splits, axis=0, num=None, name="split"):
    tensor = _tensor(value, None)
    axis = numbers(axis)[0]
    if isinstance(num_or_size_splits, int):
        if num_or_size_splits < 1:
            raise InvalidArgumentError(f"Value for attr 'num_split' of {num_or_size_splits} must be at least minimum 1\n\t; NodeDef: {{{{node Split}}}}; "
                "Op<name=Split; signature=split_dim:int32, value:T -> output:num_split*T; attr=num_split:int,min=1; "
                "attr=T:type> [Op:Split] name: split",
            )
        return run("Split", tensor, num_split=num_or_size_splits, axis=axis, name=name, given=(value,))
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
    return run("SplitV", tensor, size_splits=numbers(sizes), axis=axis, name=name, given=(value,))


# ---- the same elements in another arrangement


def transpose(a, perm=None, conjugate=False, name="transpose"):
    tensor = _tensor(a, None)
    if isinstance(perm, (list, tuple)) and any(isinstance(one, (list, tuple)) for one in perm):
        text = "perm must be rank 1, got shape [%s]" % ",".join(map(str, shape_of(_tensor(perm, None))))
        raise slow_kernel_error("Transpose", text)
    result = run("Transpose", tensor, perm=perm, given=(a, perm))
    return run("Conj", result) if conjugate and tensor.dtype.name.startswith("complex") else result


def expand_dims(input, axis, name=None):
    return run("ExpandDims", _tensor(input, None), axis=axis_of("ExpandDims", "Tdim", axis), name=name, given=(input, axis))


def squeeze(input, axis=None, name=None):
    return run("Squeeze", _tensor(input, None), axis=axis, name=name, given=(input,))


def tile(input, multiples, name=None):
    if _tapescope.is_tensor(multiples) and multiples.dtype.name not in ("int32", "int64"):
        _tapescope.refuse_type("Tile", "Tmultiples", multiples.dtype)
    multiples_ = vector_of("Tile", "Expected multiples to be 1-D, but got shape []", multiples)
    return run("Tile", _tensor(input, None), multiples=multiples_, name=name, given=(input, multiples))


def reverse(tensor, axis, name=None):
    axis_ = vector_of("ReverseV2", "'dims' must be 1-dimension, not 0", axis)
    return run("ReverseV2", _tensor(tensor, None), axis=axis_, name=name, given=(tensor, axis))


def _at_most_vector(word, value):
    """Of the arguments of roll, whose kernel takes numbers and vectors."""
    shape = shape_of(_tensor(value, None))
    if len(shape) > 1:
        text = f"{word} must be a scalar or a 1-D vector. Found: [%s]" % ",".join(map(str, shape))
        raise kernel_error("Roll", text, given=(value,))


def roll(input, shift, axis, name=None):
    _at_most_vector("shift", shift)
    _at_most_vector("axis", axis)
    return run(
        "Roll", _tensor(input, None), shift=numbers(shift), axis=numbers(axis), name=name, given=(input, shift, axis)
    )


def repeat(input, repeats, axis=None, name=None):
    with fold("tf.repeat"):
        data = _tensor(input, None)
        if axis is None:
            data, axis = run("Reshape", data, shape=[-1]), 0
        if not len(data.shape):
            data = run("Reshape", data, shape=[1])
        rank = len(data.shape)
        if not isinstance(axis, int):
            raise TypeError(f"Argument `axis` must be an int. Received `axis` = {axis} of type {type(axis).__name__}")
        repeats = _whole_repeats(repeats)
        if not -rank <= axis < rank:
            raise ValueError(f"axis={axis} out of bounds: expected {-rank}<=axis<{rank}")
        return _repeated(data, repeats, axis % rank if rank else axis)


def _whole_repeats(repeats):
    tensor = _tapescope.tensor(repeats, None, "int32")
    if not tensor.dtype.is_integer:
        raise TypeError(
            f"Argument `tensor` (name: repeats) must be of type integer. Received `tensor` = {repeats} of dtype: <dtype: '{tensor.dtype.name}'>"
        )
    if len(tensor.shape) > 1:
        raise ValueError(f"Shape {tensor.shape} must have rank at most 1")
    return tensor


def _repeated(data, repeats, axis):
    rank = len(repeats.shape)
    sizes = shape_of(data)
    counts = numbers(repeats)
    if rank == 0 or len(counts) == 1:
        expanded = run("ExpandDims", data, axis=axis + 1)
        multiples = [1] * (axis + 1) + [counts[0]] + [1] * (len(sizes) - axis - 1)
        tiled = _tapescope.run("Tile", expanded, multiples=multiples, name=False)
        return run("Reshape", tiled, shape=sizes[:axis] + [-1 if counts[0] else 0] + sizes[axis + 1 :])
    if len(counts) != sizes[axis]:
        raise ValueError(f"Dimensions {sizes[axis]} and {len(counts)} are not compatible")
    longest = max(counts, default=0)
    expanded = run("ExpandDims", data, axis=axis + 1)
    multiples = [1] * (axis + 1) + [longest] + [1] * (len(sizes) - axis - 1)
    mask = sequence_mask(run("BroadcastTo", repeats, shape=sizes[: axis + 1]), longest)
    masked = boolean_mask(run("Tile", expanded, multiples=multiples), mask)
    return masked if axis == 0 else run("Reshape", masked, shape=sizes[:axis] + [sum(counts)] + sizes[axis + 1 :])


def _paddings(op, paddings):
    shape = shape_of(_tensor(paddings, None))
    if len(shape) != 2 or shape[1] != 2:
        text = "paddings must be a matrix with 2 columns: [%s]" % ",".join(map(str, shape))
        raise kernel_error(op, text, given=(paddings,))
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
        filler = _tensor(constant_values, value.dtype)
        if len(filler.shape):
            raise kernel_error("PadV2", f"constant_values must be a scalar. Found: {_sizes(filler)}", given=(*given, constant_values))
        return run("PadV2", value, filler, paddings=pairs, name=name, given=given)
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
    return run("Shape", _tensor(input, None), out_type="int32" if out_type is None else out_type, given=(input,))


def shape_n(input, out_type="int32", name=None):
    return run("ShapeN", *matched(*input), out_type=out_type)


def size(input, out_type=None, name=None):
    tensor = _tensor(input, None)
    if out_type is not None:
        out_type.as_numpy_dtype  # what TensorFlow asks of it, and complains of
    kind = "int32" if out_type is None else out_type.name
    if kind == "string":
        return _tensor(math.prod(tensor.shape), "string")  # which is refused
    whole = run("Size", tensor, out_type="int64" if kind == "int64" else "int32")
    return whole if out_type is None else cast_to(whole, out_type)


def identity_n(input, name=None):
    return run("IdentityN", *[_tensor(one, None) for one in input])


def identity(input, name=None):
    if isinstance(input, IndexedSlices):
        parts = [None if part is None else identity(part) for part in (input.values, input.indices, input.dense_shape)]
        return IndexedSlices(*parts)
    return run("Identity", _tensor(input, None))


def ensure_shape(x, shape, name=None):
    expected = None if getattr(shape, "rank", 0) is None or shape is None else [-1 if one is None else int(one) for one in shape]
    return run("EnsureShape", _tensor(x, None), shape=expected, name=name, given=(x,))


def broadcast_static_shape(shape_x, shape_y):
    joined = broadcast(list(shape_x), list(shape_y))
    if joined is None:
        raise ValueError(
            "Incompatible shapes for broadcasting. Two shapes are compatible if for each dimension pair they are either equal "
            f"or one of them is 1. Received: {shape_x} and {shape_y}."
        )
    return type(shape_x)(joined)


def broadcast_dynamic_shape(shape_x, shape_y):
    for one in (shape_x, shape_y):
        if _tapescope.is_tensor(one) and one.dtype.name not in ("int32", "int64"):
            _tapescope.refuse_type("BroadcastArgs", "T", one.dtype)
    x, y = numbers(shape_x), numbers(shape_y)
    joined = broadcast(x, y)
    if joined is None:
        text = "Incompatible shapes: [%s] vs. [%s]" % (",".join(map(str, x)), ",".join(map(str, y)))
        raise slow_kernel_error("BroadcastArgs", text)
    return _tensor(joined, "int32")


NAMES = {
    "nn.depth_to_space": depth_to_space,
    "nn.space_to_depth": space_to_depth,
    "batch_to_space": batch_to_space,
    "space_to_batch": space_to_batch,
    "space_to_batch_nd": space_to_batch,
    "debugging.ensure_shape": ensure_shape,
    **_picking.SCATTERS,
    **{
        function.__name__: function
        for function in (
            *_filling.FUNCTIONS, *_picking.FUNCTIONS, broadcast_dynamic_shape, broadcast_static_shape, concat, ensure_shape,
            expand_dims, identity, identity_n, pad, repeat, reverse, reverse_sequence, roll, shape, shape_n, size,
            space_to_batch, split, squeeze, stack, tile, transpose, unstack,
        )
    },
}
