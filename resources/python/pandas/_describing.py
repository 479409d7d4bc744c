# SPDX-License-Identifier: Apache-2.0
"""What describe() and info() say of a table."""
import numpy as np

from pandas._frame import DataFrame
from pandas._index import Index
from pandas._series import Series
from pandas._values import array_of, objects

_NUMBERS = ["count", "mean", "std", "min", "25%", "50%", "75%", "max"]
_OTHERS = ["count", "unique", "top", "freq"]


def _of_numbers(column):
    column = column.astype(float)
    quarters = [column.quantile(part) if column.count() else np.nan for part in (0.25, 0.5, 0.75)]
    return array_of([float(column.count()), column.mean(), column.std(), column.min(), *quarters, column.max()])


def _of_others(column):
    counts = column.value_counts()
    top = [counts._index[0], int(counts.values[0])] if len(counts) else [np.nan, np.nan]
    return objects([column.count(), len(counts), *top])


def described(whole):
    """A Series of a column, a table of a table: of its columns of numbers, or of all where it has none."""
    if isinstance(whole, Series):
        numbers = whole.dtype.kind in "iuf"
        return Series((_of_numbers if numbers else _of_others)(whole), index=_NUMBERS if numbers else _OTHERS, name=whole.name)
    numbers = [name for name, values in whole._data.items() if values.dtype.kind in "iuf"]
    if numbers:
        return DataFrame._made({name: _of_numbers(whole[name]) for name in numbers}, Index(_NUMBERS))
    if not whole._data:
        raise ValueError("Cannot describe a DataFrame without columns")
    return DataFrame._made({name: _of_others(whole[name]) for name in whole._data}, Index(_OTHERS))


def _sized(frame):
    """Bytes of all values, and a mark where objects hold more."""
    index = 0 if not len(frame) else 132 if frame._index._ranged else frame._index.values.nbytes
    size = float(sum(values.nbytes for values in frame._data.values()) + index)
    more = "+" if any(values.dtype == object for values in frame._data.values()) or frame._index.dtype == object else ""
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1024.0:
            return f"{size:.1f}{more} {unit}"
        size /= 1024.0
    return f"{size:.1f}{more} TB"


def told(frame):
    """The text of info()."""
    index = frame._index
    kind = "RangeIndex" if index._ranged else "Index"
    ends = f", {index[0]} to {index[-1]}" if len(index) else ""
    lines = ["<class 'pandas.core.frame.DataFrame'>", f"{kind}: {len(index)} entries{ends}"]
    rows = [(" # ", "Column", "Non-Null Count", "Dtype")]
    rows += [(f" {place}", str(name), f"{frame[name].count()} non-null", str(values.dtype))
             for place, (name, values) in enumerate(frame._data.items())]
    widths = [max(len(row[part]) for row in rows) for part in range(4)]
    rows.insert(1, tuple("-" * len(cell) for cell in rows[0]))
    lines.append(f"Data columns (total {len(frame._data)} columns):")
    lines += ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in rows]
    kinds = {}
    for values in frame._data.values():
        kinds[str(values.dtype)] = kinds.get(str(values.dtype), 0) + 1
    lines.append("dtypes: " + ", ".join(f"{name}({count})" for name, count in sorted(kinds.items())))
    return "\n".join([*lines, f"memory usage: {_sized(frame)}"])
