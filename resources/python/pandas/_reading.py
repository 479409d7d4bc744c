# SPDX-License-Identifier: Apache-2.0
"""Reading of separated values."""
import csv
import io
import re

import numpy as np

from pandas._frame import DataFrame
from pandas._index import Index
from pandas._values import objects
from pandas.errors import EmptyDataError, ParserError

_MISSING = {"", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
            "NULL", "NaN", "None", "n/a", "nan", "null"}
_WHOLE = re.compile(r"\s*[+-]?[0-9]+\s*")
_TRUTHS = {**dict.fromkeys(("True", "TRUE", "true"), True), **dict.fromkeys(("False", "FALSE", "false"), False)}


def _number(cell):
    if "_" in cell:
        raise ValueError(cell)
    return float(cell)


def _numbers(kept):
    """Whole numbers, else numbers; None where a cell is none."""
    if all(_WHOLE.fullmatch(cell) for cell in kept) and all(-2**63 <= int(cell) < 2**63 for cell in kept):
        return [int(cell) for cell in kept], np.int64
    try:
        return [_number(cell) for cell in kept], np.float64
    except ValueError:
        return None


def column_of(cells, absent=_MISSING):
    """Whole numbers, else numbers, else truths, else texts; what is missing is nan."""
    gone = [cell in absent for cell in cells]
    kept = [cell for cell, missing in zip(cells, gone) if not missing]
    numbers = _numbers(kept)
    if numbers is not None:
        values, dtype = numbers
        if not any(gone):
            return np.array(values, dtype=dtype)
        given = iter(values)
        return np.array([np.nan if missing else next(given) for missing in gone], dtype=np.float64)
    if all(cell in _TRUTHS for cell in kept):
        values = [np.nan if missing else _TRUTHS[cell] for cell, missing in zip(cells, gone)]
        return objects(values) if any(gone) else np.array(values)
    return objects(np.nan if missing else cell for cell, missing in zip(cells, gone))


def _once(names):
    """Names of columns, a second one of the same name with a number."""
    seen, found = {}, []
    for name in names:
        fresh = name
        while fresh in found:
            seen[name] = seen.get(name, 0) + 1
            fresh = f"{name}.{seen[name]}"
        found.append(fresh)
    return [f"Unnamed: {place}" if name == "" else name for place, name in enumerate(found)]


def _text_of(source, encoding):
    if isinstance(source, str) and source.startswith(("http://", "https://", "ftp://")):
        raise PermissionError(f"pd.read_csv({source!r}): a script cannot reach the network here; put the data into the "
                              "script, or save it as a file and grant that with --data")
    stream = source if hasattr(source, "read") else open(source, encoding=encoding or "utf-8", newline="")
    text = stream.read()
    return text.decode(encoding or "utf-8") if isinstance(text, bytes) else text


def _before_comment(line, comment, quotechar):
    """What stands before the first comment that is in no quotes."""
    quoted = False
    for place, letter in enumerate(line):
        if letter == quotechar:
            quoted = not quoted
        elif not quoted and line.startswith(comment, place):
            return line[:place]
    return line


def _rows_of(text, separator, skipped, comment, skipinitialspace, quotechar):
    """Cells of each line that is not empty."""
    if skipped:
        lines = text.splitlines(keepends=True)
        gone = set(range(skipped)) if isinstance(skipped, int) else set(skipped)
        text = "".join(line for place, line in enumerate(lines) if place not in gone)
    if comment is not None:
        lines = [_before_comment(line, comment, quotechar) for line in text.splitlines()]
        text = "\n".join(line for line in lines if line)
    if separator in (r"\s+", r"\s*"):
        return [line.split() for line in text.splitlines() if line.strip()]
    if separator is None or len(separator) > 1:
        raise NotImplementedError(f"pd.read_csv() splits at one character or at r'\\s+' here, not at {separator!r}")
    stream = io.StringIO(text, newline="")
    rows = csv.reader(stream, delimiter=separator, skipinitialspace=skipinitialspace, quotechar=quotechar)
    return [row for row in rows if row and not (len(row) == 1 and not row[0].strip())]


def _absent(na_values, keep_default_na):
    """A function from a column's name to the cells that are missing in it."""
    base = _MISSING if keep_default_na else set()

    def listed(values):
        return {str(value) for value in ([values] if np.ndim(values) == 0 else values)}

    if isinstance(na_values, dict):
        return lambda name: base | listed(na_values.get(name, ()))
    return lambda name: base if na_values is None else base | listed(na_values)


def _typed(cells, absent, dtype):
    """A column: texts stay as they are written where texts are asked for."""
    if dtype in (str, "str"):
        return objects(np.nan if cell in absent else cell for cell in cells)
    values = column_of(cells, absent)
    return values if dtype is None else values.astype(dtype)


def read_csv(filepath_or_buffer, *, sep=",", delimiter=None, header="infer", names=None, index_col=None, usecols=None,
             dtype=None, skiprows=0, nrows=None, na_values=None, keep_default_na=True, encoding=None, skipinitialspace=False,
             comment=None, quotechar='"', engine=None, low_memory=True, **options):
    if options:
        raise NotImplementedError(f"pd.read_csv() is here without {', '.join(options)}; leave it out, and make what it gave "
                                  "with numpy or plain Python")
    separator = sep if delimiter is None else delimiter
    rows = _rows_of(_text_of(filepath_or_buffer, encoding), separator, skiprows, comment, skipinitialspace, quotechar)
    if header == "infer":
        header = 0 if names is None else None
    if not rows:
        raise EmptyDataError("No columns to parse from file")
    if header is not None:
        names = _once(rows[header]) if names is None else names
        rows = rows[header + 1:]
    names = list(range(max(map(len, rows)))) if names is None else list(names)
    rows = rows if nrows is None else rows[:nrows]
    widest = max(map(len, rows), default=0)
    if widest > len(names):
        if index_col is not None or widest > len(names) + 1 or len(rows[0]) != widest:
            line = next(place for place, row in enumerate(rows) if len(row) > len(names))
            raise ParserError(f"Error tokenizing data. C error: Expected {len(names)} fields in line {line + 2}, saw "
                              f"{len(rows[line])}\n")
        names, index_col = ["", *names], 0  # labels of the rows, which the heading leaves out
    of, absent = dtype if isinstance(dtype, dict) else dict.fromkeys(names, dtype), _absent(na_values, keep_default_na)
    table = {name: _typed([row[place] if place < len(row) else "" for row in rows], absent(name), of.get(name))
             for place, name in enumerate(names)}
    if usecols is not None:
        table = _chosen(table, usecols)
    if index_col is None or index_col is False:
        return DataFrame(table) if not _numbered(names) else _counted(table)
    if isinstance(index_col, (list, tuple)):
        (index_col,) = index_col
    key = list(table)[index_col] if isinstance(index_col, int) else index_col
    index = table.pop(key)
    return DataFrame(table, index=Index(index, name=None if str(key).startswith("Unnamed") or key == "" else key))


def _numbered(names):
    return names == list(range(len(names)))


def _counted(table):
    frame = DataFrame(table)
    frame.__dict__["_counted"] = True
    return frame


def _chosen(table, usecols):
    if callable(usecols):
        return {name: values for name, values in table.items() if usecols(name)}
    names = list(table)
    wanted = [names[part] if isinstance(part, int) and part not in table else part for part in usecols]
    absent = [name for name in wanted if name not in table]
    if absent:
        raise ValueError(f"Usecols do not match columns, columns expected but not found: {absent}")
    return {name: values for name, values in table.items() if name in wanted}
