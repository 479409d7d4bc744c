# SPDX-License-Identifier: Apache-2.0
"""tf.ragged, and the functions of tensors that also take ragged ones."""

import functools

import _tapescope

from tensorflow._irregular import _ragged_operators
from tensorflow._irregular._ragged import RaggedTensor, is_ragged, joined, numbers, rows_in, splits_of


# ---- tf.ragged


def _depth(value):
    if not isinstance(value, (list, tuple)) and not hasattr(value, "__array__"):
        return 0
    depths = [_depth(item) for item in value]
    return 1 + max(depths, default=0)


def _scalar_depths(value, at=0):
    if not isinstance(value, (list, tuple)):
        return {at}
    return set().union(*(_scalar_depths(item, at + 1) for item in value)) if value else set()


def constant(pylist, dtype=None, ragged_rank=None, inner_shape=None, name=None, row_splits_dtype=None):
    if hasattr(pylist, "tolist"):
        pylist = pylist.tolist()
    depth = _depth(pylist)
    if depth <= 1 and not ragged_rank:
        return _tapescope.constant(pylist, dtype)
    scalars = _scalar_depths(pylist)
    if len(scalars) > 1:
        raise ValueError("all scalar values must have the same nesting depth")
    if ragged_rank is None:
        ragged_rank = depth - 1 if inner_shape is None else depth - 1 - len(inner_shape)
    return rows_of(pylist, dtype, ragged_rank, row_splits_dtype or "int64")


def rows_of(rows, dtype=None, ragged_rank=1, splits_dtype="int64"):
    splits = _tapescope.constant(splits_of([len(row) for row in rows]), splits_dtype)
    inside = [item for row in rows for item in row]
    if ragged_rank > 1:
        values = rows_of(inside, dtype, ragged_rank - 1, splits_dtype)
    else:
        values = _tapescope.constant(inside, dtype)
    return RaggedTensor(values, splits, internal=True)


def ragged_range(starts, limits=None, deltas=1, dtype=None, name=None, row_splits_dtype=None):
    if limits is None:
        starts, limits = 0, starts
    columns = [value if isinstance(value, (list, tuple)) else _listed(value) for value in (starts, limits, deltas)]
    count = max(len(column) for column in columns if isinstance(column, list)) if any(
        isinstance(column, list) for column in columns) else 1
    wide = [column if isinstance(column, (list, tuple)) else [column] * count for column in columns]
    rows = [list(range(wide[0][i], wide[1][i], wide[2][i])) for i in range(count)]
    return rows_of(rows, dtype or "int32")


def _listed(value):
    return numbers(value) if _tapescope.is_tensor(value) else value


def stack(values, axis=0, name=None):
    if not isinstance(values, (list, tuple)):
        values = [values]
    parts = [part if is_ragged(part) else _tapescope.tensor(part) for part in values]
    if not any(is_ragged(part) or len(part.shape) for part in parts):
        return _tapescope.run("Pack", *parts, axis=0)
    return RaggedTensor.from_row_lengths(joined(parts), [rows_in(part) for part in parts])


def map_flat_values(op, *args, **kwargs):
    first = [arg for arg in (*args, *kwargs.values()) if is_ragged(arg)]
    flat = [arg.flat_values if is_ragged(arg) else arg for arg in args]
    named = {key: arg.flat_values if is_ragged(arg) else arg for key, arg in kwargs.items()}
    result = op(*flat, **named)
    return first[0].with_flat_values(result) if first else result


def boolean_mask(data, mask, name=None):
    rows = data.to_list() if is_ragged(data) else numbers(_tapescope.tensor(data))
    marks = mask.to_list() if is_ragged(mask) else numbers(_tapescope.tensor(mask))
    dtype = data.dtype if is_ragged(data) else _tapescope.tensor(data).dtype
    return rows_of([[row[i] for i in range(len(row)) if marks[at][i]] for at, row in enumerate(rows)], dtype)


RAGGED = {"constant": constant, "range": ragged_range, "stack": stack, "map_flat_values": map_flat_values,
          "boolean_mask": boolean_mask}


# ---- functions of tensors that get ragged ones

REDUCTIONS = {"reduce_sum", "reduce_mean", "reduce_max", "reduce_min", "reduce_prod", "reduce_any", "reduce_all"}


# Functions of two tensors, element by element: a dense one is brought beside the values of the ragged one.
PAIRS = set("add subtract multiply divide truediv floordiv mod floormod pow maximum minimum squared_difference atan2 div_no_nan "
            "multiply_no_nan equal not_equal greater greater_equal less less_equal logical_and logical_or logical_xor".split())


# Answers for ragged tensors that are no map of the flat values, by the names of functions (_ragged_others.py).
OTHERS = {}


# Python's functions that also take ragged tensors; those of the engine's table ask by themselves.
TAKING = (*sorted(REDUCTIONS), "abs", "add", "cast", "concat", "divide", "identity", "multiply", "ones_like", "rank",
          "size", "stack", "subtract", "zeros_like")


def dispatching(name, function):
    """The function, which answers for ragged and sparse tensors too once the dense way has refused them."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except ValueError:
            result = answer(name, function, args, kwargs)
            if result is NotImplemented:
                raise
            return result

    return call


def answer(name, function, args, kwargs):
    """What a function gives for a ragged or sparse tensor among its arguments; NotImplemented where there is none."""
    from tensorflow._irregular import _sparse

    given = [*args, *kwargs.values()]
    if name in ("concat", "stack") and any(is_ragged(part) for part in (args[0] if args else kwargs["values"])):
        return (_concat if name == "concat" else stack_of)(*args, **kwargs)
    if any(isinstance(arg, _sparse.SparseTensor) for arg in given):
        return _sparse.map_values(function, *args, **kwargs)
    if not any(is_ragged(arg) for arg in given):
        return NotImplemented
    if name in OTHERS:
        return OTHERS[name](*args, **kwargs)
    if name in REDUCTIONS:
        return _reduced(_mean if name == "reduce_mean" else function, *args, **kwargs)
    if name in ("rank", "size"):
        return _tapescope.constant(given[0].shape.rank) if name == "rank" else function(given[0].flat_values)
    if name in PAIRS:
        ragged = next(arg for arg in given if is_ragged(arg))
        beside = lambda arg: arg if is_ragged(arg) or arg is None or isinstance(arg, str) else _ragged_operators.spread(ragged, arg)
        args, kwargs = [beside(arg) for arg in args], {key: beside(arg) for key, arg in kwargs.items()}
    return map_flat_values(function, *args, **kwargs)


def _concat(values, axis=0, name=None):
    parts = [part if is_ragged(part) else RaggedTensor.from_tensor(part) for part in values]
    if axis == 0:
        return joined(parts)
    rows = [joined([part[row] for part in parts]) for row in range(parts[0].nrows_int())]
    return RaggedTensor.from_row_lengths(joined(rows), [rows_in(row) for row in rows])


def stack_of(values, axis=0, name=None):
    parts = [part if is_ragged(part) else RaggedTensor.from_tensor(part) for part in values]
    return RaggedTensor.from_row_lengths(joined(parts), [part.nrows_int() for part in parts])


def _mean(values, axis=None, keepdims=False):
    """ragged_math_ops.py: a sum over a count, which for integers is a float64."""
    import tensorflow

    count = values.shape.num_elements() if axis is None else values.shape[axis]
    return tensorflow.reduce_sum(values, axis=axis, keepdims=keepdims) / count


def _reduced(function, input_tensor, axis=None, keepdims=False, name=None):
    import tensorflow

    rank = input_tensor.shape.rank
    if isinstance(axis, (list, tuple)):
        axes = {one + rank if one < 0 else one for one in axis}
        if len(axes) not in (1, rank):
            raise NotImplementedError("a ragged tensor is reduced along one axis or along all of them here")
        axis = axes.pop() if len(axes) == 1 else None
    result = _along(function, input_tensor, axis)
    if not keepdims:
        return result
    if axis is None:  # an axis of 1 for each behind the first is what TensorFlow adds to those of the flat values
        return tensorflow.reshape(result, [1] * (input_tensor.flat_values.shape.rank + rank - 1))
    return tensorflow.expand_dims(result, axis + rank if axis < 0 else axis)


def _along(function, input_tensor, axis):
    if not is_ragged(input_tensor):
        return function(input_tensor, axis=axis)
    if axis is None:
        return function(input_tensor.flat_values, axis=None)
    axis = axis + input_tensor.shape.rank if axis < 0 else axis
    if axis == 0:
        if input_tensor.ragged_rank > 1:
            raise NotImplementedError("rows that are ragged themselves are not reduced along the first axis here")
        columns = input_tensor.bounding_shape(1).numpy()
        rows = [row for row in input_tensor]
        parts = [[row[at] for row in rows if rows_in(row) > at] for at in range(columns)]
        return _tapescope.run("Pack", *(function(_tapescope.run("Pack", *part, axis=0), axis=0) for part in parts), axis=0)
    if axis == 1:
        results = [function(row, axis=0) for row in input_tensor]
        return stack(results) if input_tensor.ragged_rank > 1 else _tapescope.run("Pack", *results, axis=0)
    return input_tensor.with_values(_along(function, input_tensor.values, axis - 1))
