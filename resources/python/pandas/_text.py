# SPDX-License-Identifier: Apache-2.0
"""How tables print: columns to the right, six digits behind the point, and the middle of a long one left out."""
import numpy as np

_MOST_ROWS = 60
_SHOWN_ROWS = 5


def _floats(values):
    known = [value for value in values if value == value and abs(value) != np.inf]
    if known and (max(map(abs, known)) >= 1e6 * 10 or 0 < min(abs(value) for value in known if value or True) < 1e-5):
        large = [f"{value:.6e}" if value == value else "NaN" for value in values]
        if any(value and (abs(value) >= 1e16 or abs(value) < 1e-5) for value in known):
            return large
    texts = [f"{value:.6f}" if value == value and abs(value) != np.inf else "NaN" if value != value else str(value)
             for value in values]
    while all(text.endswith("0") and not text.endswith(".0") for text in texts if "." in text) and any("." in t for t in texts):
        texts = [text[:-1] if "." in text else text for text in texts]
    return texts


def cells(values):
    if values.dtype.kind == "f":
        return _floats(values.tolist())
    return ["NaN" if isinstance(value, float) and value != value else str(value) for value in values.tolist()]


def _kept(count):
    """Places of the rows that are shown, None for the gap."""
    if count <= _MOST_ROWS:
        return list(range(count)), None
    return [*range(_SHOWN_ROWS), *range(count - _SHOWN_ROWS, count)], _SHOWN_ROWS


def _signed(cell):
    """Room for a sign."""
    return cell if cell.startswith("-") else " " + cell


def frame_text(frame):
    count, width = frame.shape
    if not count or not width:
        return f"Empty DataFrame\nColumns: [{', '.join(map(str, frame.columns))}]\nIndex: []"
    places, gap = _kept(count)
    labels = ["", *map(str, frame._index[places].tolist())]
    columns = [[_signed(cell) for cell in [str(name), *cells(values[places])]] for name, values in frame._data.items()]
    if gap is not None:
        labels.insert(gap + 1, "...")
        for column in columns:
            column.insert(gap + 1, "..")
    left = max(map(len, labels))
    widths = [max(map(len, column)) for column in columns]
    lines = [" ".join([labels[row].ljust(left), *(column[row].rjust(size) for column, size in zip(columns, widths))])
             for row in range(len(labels))]
    text = "\n".join(lines)
    return text if gap is None else f"{text}\n\n[{count} rows x {width} columns]"


def series_text(series):
    values = series.values
    dtype = "object" if values.dtype == object else str(values.dtype)
    name = "" if series.name is None else f"Name: {series.name}, "
    if not len(values):
        return f"Series([], {name}dtype: {dtype})"
    places, gap = _kept(len(values))
    labels, shown = [str(label) for label in series._index[places].tolist()], cells(values[places])
    if gap is not None:
        labels.insert(gap, "...")
        shown.insert(gap, "..")
    left, right = max(map(len, labels)), max(map(len, shown))
    lines = [f"{label.ljust(left)}    {cell.rjust(right)}" for label, cell in zip(labels, shown)]
    length = f"Length: {len(values)}, " if gap is not None else ""
    head = "" if series._index_name is None else f"{series._index_name}\n"
    return head + "\n".join(lines) + f"\n{name}{length}dtype: {dtype}"
