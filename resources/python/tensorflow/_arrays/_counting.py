# SPDX-License-Identifier: Apache-2.0
"""Counts of values, of pairs of labels and of the rows of segments (bincount_ops.py, histogram_ops.py,
confusion_matrix.py, math_ops.py)."""

import _tapescope

from tensorflow._mathematics import _operands as _of
from tensorflow._running import _debugging
from tensorflow._running._fold import folded
from tensorflow._values import _dtypes, _errors

_run = _of.run
_tensor = _of.tensor
_cast = _of.cast
_integer = _of.integer
_like = _of.like


@folded("tf.math.bincount")
def _bincount(
    arr,
    weights=None,
    minlength=None,
    maxlength=None,
    dtype=_dtypes.ALL["int32"],
    name=None,
    axis=None,
    binary_output=False,
):
    arr = _tensor(arr)
    weights = None if weights is None else _tensor(weights)
    if weights is not None and binary_output:
        raise ValueError("Arguments `binary_output` and `weights` are mutually exclusive. Please specify only one.")
    if not arr.dtype.is_integer:
        arr = _run("Cast", arr, dtype="int32")
    axis = 0 if axis is None else axis
    if axis not in (0, -1):
        raise ValueError(f"Unsupported value for argument axis={axis}. Only 0 and -1 are currently supported.")
    size = _run("AddV2", _run("Max", arr), _like(1, arr)) if arr.shape.num_elements() else _like(0, arr)
    if minlength is not None:
        size = _run("Maximum", _like(minlength, arr), size)
    if maxlength is not None:
        size = _run("Minimum", _like(maxlength, arr), size)
    if axis == 0:
        weights = None if weights is None else _run("Reshape", weights, shape=[-1])
        arr = _run("Reshape", arr, shape=[-1])
    if weights is None:
        weights = _tapescope.constant([], dtype, None)
    return _run("DenseBincount", arr, weights, size=max(0, _integer(size)), binary_output=binary_output)


@folded("tf.histogram_fixed_width_bins")
def _histogram_fixed_width_bins(values, value_range, nbins=100, dtype=_dtypes.ALL["int32"], name=None):
    values = _tensor(values)
    value_range = _tensor(value_range)
    if nbins <= 0:
        raise _errors.InvalidArgumentError(f"nbins {nbins} must > 0")
    bins = _like(nbins, values)
    low, high = value_range[0], value_range[1]
    scaled = _tapescope.quotient(_run("Sub", values, low), _run("Sub", high, low))
    places = _run("Floor", _run("Mul", bins, scaled))
    places = _run("Maximum", _run("Minimum", places, _run("Sub", bins, _like(1, bins))), _like(0, places))
    return _run("Cast", places, dtype="int32")


def _assert_labels(x, message, limit=None):
    values = _tapescope.peek(x)
    if limit is None and (values < 0).any():
        _debugging.assert_non_negative(x, f"{message} contains negative values")
    if limit is not None and (values >= limit).any():
        first = values.ravel()[:3]
        raise _errors.InvalidArgumentError(
            f"{message} out of bound\nCondition x < y did not hold.\nFirst {len(first)} elements of x:\n{first}\n"
            f"First 1 elements of y:\n[{limit}]"
        )


@folded("tf.math.confusion_matrix")
def _confusion_matrix(labels, predictions, num_classes=None, weights=None, dtype=_dtypes.ALL["int32"], name=None):
    labels = _cast(_tensor(labels), "int64")
    predictions = _cast(_tensor(predictions), "int64")
    _assert_labels(labels, "`labels`")
    _assert_labels(predictions, "`predictions`")
    if num_classes is None:
        largest = _run("Maximum", _run("Max", predictions), _run("Max", labels))
        classes = _integer(_run("AddV2", largest, _like(1, largest)))
    else:
        classes = _integer(num_classes)
        _assert_labels(labels, "`labels`", classes)
        _assert_labels(predictions, "`predictions`", classes)
    if weights is None:
        values = _run("Cast", _run("OnesLike", predictions), dtype=dtype)
    else:
        values = _cast(_tensor(weights), dtype)
    cells = _run("AddV2", _run("Mul", labels, _like(classes, labels)), predictions)
    return _run("Reshape", _run("UnsortedSegmentSum", values, cells, num_segments=classes**2), shape=[classes, classes])


# ---- segments


def _segment_sums(data, segment_ids, num_segments):
    """The sums, and how many rows each has, in a shape that divides them."""
    data, ids = _tensor(data), _tensor(segment_ids)
    count = _integer(num_segments)
    ones = _tapescope.constant(1, data.dtype, ids.shape)
    rows = _run("UnsortedSegmentSum", ones, ids, num_segments=count)
    rows = _run("Reshape", rows, shape=[count] + [1] * (data.shape.rank - ids.shape.rank))
    return _run("UnsortedSegmentSum", data, ids, num_segments=count), _run("Maximum", rows, _like(1, rows))


@folded("tf.math.unsorted_segment_mean")
def _unsorted_segment_mean(data, segment_ids, num_segments, name=None):
    sums, rows = _segment_sums(data, segment_ids, num_segments)
    return _tapescope.quotient(sums, rows)


@folded("tf.math.unsorted_segment_sqrt_n")
def _unsorted_segment_sqrt_n(data, segment_ids, num_segments, name=None):
    sums, rows = _segment_sums(data, segment_ids, num_segments)
    return _tapescope.quotient(sums, _run("Sqrt", rows))


NAMES = {
    "histogram_fixed_width_bins": _histogram_fixed_width_bins,
    "math.bincount": _bincount,
    "math.confusion_matrix": _confusion_matrix,
    "math.unsorted_segment_mean": _unsorted_segment_mean,
    "math.unsorted_segment_sqrt_n": _unsorted_segment_sqrt_n,
}
