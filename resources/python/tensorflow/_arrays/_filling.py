# SPDX-License-Identifier: Apache-2.0
"""Tensors that are filled by a rule: with one value, with numbers in a row, with grids and masks."""

import builtins

import _tapescope

from tensorflow._arrays._arguments import checked_indices, common_shape, numbers, run, shape_of, slow_kernel_error, vector_of
from tensorflow._running._fold import fold
from tensorflow._surface._dispatch import nameless

_tensor = _tapescope.tensor


# ---- of one value


def _filled(value, shape, dtype):
    return _tapescope.constant(value, dtype, shape)


def _zero(dtype):
    return {"string": "", "bool": False}.get(dtype.name, 0)


def _sizes(shape):
    """The integers of a shape; a tensor of others is refused as Fill's kernel would."""
    if _tapescope.is_tensor(shape) and not shape.dtype.is_integer:
        _tapescope.refuse_type("Fill", "index_type", shape.dtype)
    return numbers(shape)


def zeros(shape, dtype="float32", name=None, layout=None):
    dtype = _tapescope.as_dtype(dtype)
    return _filled(_zero(dtype), _sizes(shape), dtype)


def ones(shape, dtype="float32", name=None, layout=None):
    dtype = _tapescope.as_dtype(dtype)
    return _filled(True if dtype.name == "bool" else 1, _sizes(shape), dtype)


def fill(dims, value, name=None, layout=None):
    value = _tensor(value, None)
    if shape_of(value) == [1]:
        value = run("Reshape", value, shape=[])
    if len(value.shape) != 0:
        text = "value must represent a scalar, got shape [%s]" % ",".join(map(str, shape_of(value)))
        raise slow_kernel_error("Fill", text)
    if isinstance(dims, (list, tuple)) and builtins.any(isinstance(one, float) for one in dims):
        with nameless():
            _tapescope.refuse_type("Fill", "index_type", "float32")
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
    if _tapescope.is_tensor(shape) and shape.dtype.name not in ("int32", "int64"):
        _tapescope.refuse_type("BroadcastTo", "Tidx", shape.dtype)
    sizes = vector_of("BroadcastTo", "shape must be a vector of {int32,int64}, got shape []", shape)
    return run("BroadcastTo", _tensor(input, None), shape=sizes, name=name, given=(input, shape))


# ---- of numbers in a row, and of places


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
    deep = _tensor(depth, "int32")
    if len(deep.shape) != 0:
        text = "depth must be a scalar, but got: [%s]" % ",".join(map(str, shape_of(deep)))
        raise slow_kernel_error("OneHot", text)
    return run(
        "OneHot", checked_indices("OneHot", indices), on, off, depth=numbers(deep)[0], axis=-1 if axis is None else axis, name=name,
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
        if not _tapescope.is_tensor(stop):
            stop = _tensor(stop, start.dtype)
        elif stop.dtype != start.dtype:
            raise ValueError(f"stop: Tensor conversion requested dtype {start.dtype.name} for Tensor with dtype "
                             f"{stop.dtype.name}: {stop!r}")
        if start.dtype.is_integer:
            start, stop = (run("Cast", one, dtype="float64") for one in (start, stop))
        number = _tensor(num, None)
        if not number.dtype.is_integer:
            raise TypeError(
                f"Argument `tensor` (name: num) must be of type integer. Received `tensor` = {num} of dtype: {number.dtype}"
            )
        return _spaced(start, stop, numbers(number)[0], axis)


def _spaced(start, stop, num, axis):
    common = common_shape(shape_of(start), shape_of(stop))
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
    if not args:
        return []
    with fold("tf.meshgrid"):
        tensors = [_tensor(one, None) for one in args]
        count = len(tensors)
        sizes = [numbers(run("Size", one))[0] for one in tensors]
        places = list(builtins.range(count))
        if indexing == "xy" and count > 1:
            places[0], places[1] = 1, 0
        whole = [sizes[places[axis]] for axis in builtins.range(count)]
        combine = "LogicalAnd" if tensors[0].dtype.name == "bool" else "Mul"
        factor = _tapescope.constant(combine == "LogicalAnd" or 1, tensors[0].dtype, whole)
        grids = []
        for place, tensor in builtins.zip(places, tensors):
            spread = run("Reshape", tensor, shape=[-1 if axis == place else 1 for axis in builtins.range(count)])
            grids.append(run(combine, spread, factor))
        return grids


FUNCTIONS = (
    broadcast_to, fill, linspace, meshgrid, one_hot, ones, ones_like, range, sequence_mask, zeros, zeros_like,
)
