# SPDX-License-Identifier: Apache-2.0
"""How tables print: columns to the right, six digits behind the point, and the middle of a large one left out. The texts
are those of pandas 2.2 on a terminal of 80 columns."""
import re

import numpy as np

_MOST_ROWS = 60
_SHOWN_ROWS = 5
_WIDTH = 80
_FRACTION = re.compile(r"\s*[+-]?[0-9]+\.[0-9]*")


def _trimmed(texts):
    """Without the zeros that all fractions end with, but for one behind the point."""
    def fractions():
        return [text for text in texts if _FRACTION.fullmatch(text)]

    while fractions() and all(text.endswith("0") for text in fractions()):
        texts = [text[:-1] if _FRACTION.fullmatch(text) else text for text in texts]
    return [text + "0" if text.endswith(".") and _FRACTION.fullmatch(text) else text for text in texts]


def _floats(values):
    def all_as(form):
        return ["NaN" if value != value else format(value, form) for value in values]

    texts = _trimmed(all_as(" .6f"))
    known = [abs(value) for value in values if value == value]
    small = any(0 < value < 1e-6 for value in known)
    large = any(value > 1e6 for value in known) and max(map(len, texts), default=0) > 12
    return _trimmed(all_as(" .6e")) if small or large else texts


def _object(value):
    """One of mixed values; a float among them has its own zeros trimmed."""
    if isinstance(value, (float, np.floating)):
        return " NaN" if value != value else _trimmed([f"{value: .6f}"])[0]
    text = str(value).replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")
    return text if len(text) <= 50 else text[:46] + "..."


def cells(values):
    """Texts of a column, a number with room for its sign."""
    kind = values.dtype.kind
    if kind == "f":
        return _floats(values.tolist())
    if kind in "iu":
        return [f"{value: d}" for value in values.tolist()]
    values = values.tolist()
    return [_object(value) if isinstance(value, float) else " " + _object(value) for value in values]


def _right(texts):
    width = max(map(len, texts))
    return [text.rjust(width) for text in texts]


def labels_of(index):
    """Labels as they stand before the rows."""
    if index.values.dtype.kind == "f":
        return [text.strip() for text in _floats(index.values.tolist())]
    return ["NaN" if value != value else str(value) for value in index.tolist()]


def _kept(count):
    """Places of the rows that are shown, and where the gap is among them."""
    if count <= _MOST_ROWS:
        return np.arange(count), None
    return np.r_[0:_SHOWN_ROWS, count - _SHOWN_ROWS:count], _SHOWN_ROWS


def _with_gap(texts, gap, left=False):
    """A column of texts as wide as its widest, with dots where rows are left out."""
    width = max(map(len, texts))
    texts = [text.ljust(width) if left else text.rjust(width) for text in texts]
    if gap is not None:
        dots = "..." if len(texts[gap]) > 3 else ".."
        texts.insert(gap, dots.ljust(width) if left else dots.rjust(width))
    return texts


def _column(name, values, gap):
    number = values.dtype.kind in "biuf"
    head = f" {name}" if number else str(name)
    return _with_gap([head, *_right(cells(values))], None if gap is None else gap + 1)


def _fitting(columns):
    """How many columns behind the labels can stand on a line, where not all can."""
    widths = [len(column[0]) for column in columns]
    over = sum(widths) + len(widths) - 1 - _WIDTH + 1
    while over > 0 and len(widths) > 1:
        over -= widths.pop(round(len(widths) / 2)) + 1
    return max(len(widths) - 1, 2)


def frame_text(frame):
    count, width = frame.shape
    if not count or not width:
        columns, index = (f"[{', '.join(map(str, labels))}]" for labels in (frame._data, frame._index))
        return f"Empty DataFrame\nColumns: {columns}\nIndex: {index}"
    places, gap = _kept(count)
    named = frame._index.name is not None
    labels = _with_gap([*([""] if named else []), *labels_of(frame._index[places])],
                       None if gap is None else gap + named, left=True)
    head = ["", *([str(frame._index.name)] if named else [])]
    left = max(map(len, [*labels, *head]))
    rows = [text.ljust(left) for text in [*head, *labels[named:]]]
    columns = [rows]
    for name, values in frame._data.items():
        column = _column(name, values[places], gap)
        columns.append([column[0], *([" " * len(column[0])] if named else []), *column[1:]])
    kept = width
    if max(len(" ".join(parts)) for parts in zip(*columns)) >= _WIDTH:
        kept = _fitting(columns)
    cut = kept < width
    if cut:
        half = kept // 2
        dots = [" ..."] * len(rows)
        columns = [rows, *columns[1:half + 1], dots, *columns[len(columns) - half:]]
    text = "\n".join(" ".join(parts) for parts in zip(*columns))
    return text if gap is None and not cut else f"{text}\n\n[{count} rows x {width} columns]"


def series_text(series):
    values = series.values
    name = "" if series.name is None else f"Name: {series.name}, "
    if not len(values):
        return f"Series([], {name}dtype: {values.dtype})"
    places, gap = _kept(len(values))
    labels = labels_of(series._index[places])
    shown = _right(cells(values[places]))
    if gap is not None:
        labels.insert(gap, "")
        width = len(shown[0])
        shown.insert(gap, ("..." if width > 3 else "..").center(width))
    left = max(map(len, labels))
    lines = [f"{label.ljust(left)}   {cell}" for label, cell in zip(labels, shown)]
    length = f"Length: {len(values)}, " if gap is not None else ""
    head = "" if series._index.name is None else f"{series._index.name}\n"
    return head + "\n".join(lines) + f"\n{name}{length}dtype: {values.dtype}"
