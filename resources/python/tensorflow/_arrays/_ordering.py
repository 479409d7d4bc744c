# SPDX-License-Identifier: Apache-2.0
"""Order: the places of the largest and the smallest, sorting, and what is among the first (math_ops.py, sort_ops.py)."""

from tensorflow._arrays._arguments import slowly
from tensorflow._mathematics import _operands as _of
from tensorflow._running._fold import folded
from tensorflow._values import _dtypes

_run = _of.run
_tensor = _of.tensor
_like = _of.like


def _place(type, input, axis, output_type):
    axis = 0 if axis is None else axis
    if hasattr(axis, "dtype"):
        if not axis.dtype.is_integer or axis.dtype.name in ("uint32", "uint64"):
            raise TypeError(f"axis tensor dtypes {axis.dtype} is not supported")
    elif not isinstance(axis, int):
        raise TypeError("axis must be int or Tensor with integer datatype")
    name = False if slowly(input) else None
    return _run(type, _tensor(input), axis=axis, output_type=output_type, name=name)


def _argmax(input, axis=None, output_type=_dtypes.ALL["int64"], name=None):
    return _place("ArgMax", input, axis, output_type)


def _argmin(input, axis=None, output_type=_dtypes.ALL["int64"], name=None):
    return _place("ArgMin", input, axis, output_type)


def _descending(values, axis, indices):
    rank = values.shape.rank
    k = _tensor(list(values.shape), "int32")[axis]
    last = axis == -1 or axis + 1 == rank
    order = list(range(rank))
    if not last:
        axis %= rank
        order[axis], order[-1] = order[-1], order[axis]
        values = _run("Transpose", values, perm=order)
    top = _run("TopKV2", values, k=k)
    result = top.indices if indices else top.values
    return result if last else _run("Transpose", result, perm=order)


def _ascending(values, axis, indices):
    dtype = values.dtype
    if dtype.is_integer:
        offset = _like(2 ** int(dtype.name[4:]) - 1 if dtype.name.startswith("uint") else -1, values)
        result = _descending(_run("Sub", offset, values), axis, indices)
        return result if indices else _run("Sub", offset, result)
    result = _descending(_run("Neg", values), axis, indices)
    return result if indices else _run("Neg", result)


def _ordered(values, axis, direction, indices):
    if direction not in ("ASCENDING", "DESCENDING"):
        raise ValueError(f"Argument `direction` should be one of ASCENDING, DESCENDING. Received: direction={direction}")
    by = _ascending if direction == "ASCENDING" else _descending
    return by(_tensor(values), _of.integer(axis), indices)


@folded("tf.sort")
def _sort(values, axis=-1, direction="ASCENDING", name=None):
    return _ordered(values, axis, direction, False)


@folded("tf.argsort")
def _argsort(values, axis=-1, direction="ASCENDING", stable=False, name=None):
    return _ordered(values, axis, direction, True)


def _in_top_k(targets, predictions, k, name=None):
    name = False if slowly(predictions, targets) else name
    return _run("InTopKV2", _tensor(predictions, "float32"), _tensor(targets), k=k, name=name)


NAMES = {
    "argmax": _argmax,
    "argmin": _argmin,
    "argsort": _argsort,
    "math.argmax": _argmax,
    "math.argmin": _argmin,
    "math.in_top_k": _in_top_k,
    "nn.in_top_k": _in_top_k,
    "sort": _sort,
}
