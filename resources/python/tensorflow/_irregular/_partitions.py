# SPDX-License-Identifier: Apache-2.0
"""How rows are cut, as RaggedTensor's factories are told: each way becomes row splits, after the checks and in the words of
tensorflow/python/ops/ragged/row_partition.py."""

import sys

import _tapescope


def _checks():
    return sys.modules["tensorflow._running._debugging"]


def _has_rank(tensor, rank):
    if len(tensor.shape) != rank:
        raise ValueError(f"Shape {tensor.shape} must have rank {rank}")


def _given(value, name):
    """The numbers of a partition as a vector of int64, or of int32 where it is one."""
    tensor = value if _tapescope.is_tensor(value) else None
    if tensor is None:
        plain = _tapescope.tensor(value)
        whole = plain.dtype.is_integer or not plain.shape.num_elements()
        tensor = _tapescope.tensor(value, "int64") if whole else plain
    if tensor.dtype.name not in ("int32", "int64"):
        raise ValueError(f"{name} must have dtype int32 or int64")
    _has_rank(tensor, 1)
    return tensor


def _numbers(tensor):
    return _tapescope.peek(tensor).tolist()


def _splits(numbers, like):
    return _tapescope.constant(numbers, like.dtype)


def _require_rising(tensor, message):
    _checks().assert_non_negative(tensor[1:] - tensor[:-1], message)


def of_splits(row_splits, validate):
    if isinstance(row_splits, (list, tuple)) and not row_splits:
        raise ValueError("row_splits tensor may not be empty.")
    splits = _given(row_splits, "row_splits")
    if validate:
        message = "Arguments to from_row_splits do not form a valid RaggedTensor:"
        _checks().assert_equal(splits[0], _splits(0, splits), message + "zero")
        _require_rising(splits, message + "monotonic")
    return splits


def of_lengths(row_lengths, validate):
    lengths = _given(row_lengths, "row_lengths")
    if validate:
        message = "Arguments to from_row_lengths do not form a valid RowPartition"
        _checks().assert_non_negative(lengths, message)
    ends = [0]
    for length in _numbers(lengths):
        ends.append(ends[-1] + length)
    return _splits(ends, lengths)


def _row_count(rows, nrows):
    last = _numbers(rows)[-1:]
    if nrows is None:
        return last[0] + 1 if last else 0
    count = int(_tapescope.peek(_tapescope.tensor(nrows, rows.dtype)))
    if count < 0:
        raise ValueError(f"Expected nrows >= 0; got {count}")
    if last and count < last[0] + 1:
        raise ValueError(f"Expected nrows >= value_rowids[-1] + 1; got nrows={count}, value_rowids[-1]={last[0]}")
    return count


def of_rows(value_rowids, nrows, values, validate):
    given = value_rowids if _tapescope.is_tensor(value_rowids) else _tapescope.tensor(value_rowids)
    if len(given.shape) == 0:
        raise IndexError("invalid index to scalar variable.")
    if len(given.shape) > 1:
        _has_rank(given, 1)
    rows = _given(value_rowids, "value_rowids")
    count = _row_count(rows, nrows)
    if validate:
        message = "Arguments to from_value_rowids do not form a valid RowPartition"
        _checks().assert_non_negative(rows[:1], message)
        _require_rising(rows, message)
    if values.shape[:1].as_list() != rows.shape.as_list():
        raise ValueError(f"Shapes {values.shape[:1]} and {rows.shape} are incompatible")
    ends, each = [0] * (count + 1), _numbers(rows)
    for row in each:
        ends[row + 1] += 1
    for row in range(count):
        ends[row + 1] += ends[row]
    return _splits(ends, rows)


def of_starts(row_starts, count, validate):
    starts = _given(row_starts, "row_starts")
    if validate:
        message = "Arguments to from_row_starts do not form a valid RaggedTensor"
        _checks().assert_equal(starts[:1], _splits(0, starts), message)
        _require_rising(starts, message)
        _checks().assert_less_equal(starts[-1:], _splits(count, starts), message)
    return _splits([*_numbers(starts), count], starts)


def of_limits(row_limits, validate):
    limits = _given(row_limits, "row_limits")
    if validate:
        message = "Arguments to from_row_limits do not form a valid RaggedTensor"
        _checks().assert_non_negative(limits[:1], message)
        _require_rising(limits, message)
    return _splits([0, *_numbers(limits)], limits)


def uniform_rows(uniform_row_length, nrows, values, validate):
    """How many rows, and how wide they are."""
    width = int(_tapescope.peek(_tapescope.tensor(uniform_row_length)))
    count = values if isinstance(values, int) else values.shape[0]
    rows = int(nrows) if nrows is not None else count // width if width else 0
    if validate:
        if rows * width != count:
            raise ValueError(f"uniform_row_length={width} times nrows={rows} must equal nvals={count}")
        if width < 0:
            raise ValueError("uniform_row_length must be >= 0.")
    return rows, width


def require_count(splits, values, count, validate):
    """The values must be as many as the rows hold; those that are none (a scalar) are looked for in vain."""
    if count is None:
        _tapescope.run("Shape", values)[0]
    if validate:
        message = "Arguments to _from_row_partition do not form a valid RaggedTensor"
        _checks().assert_equal(splits[-1], _splits(count, splits), message)
