# SPDX-License-Identifier: Apache-2.0
"""Reading of separated values."""
import csv

import numpy as np

from pandas._frame import DataFrame

_MISSING = {"", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "n/a", "#N/A", "<NA>"}


def _column(cells):
    """Whole numbers, else numbers, else truths, else texts; what is missing is nan."""
    missing = [cell in _MISSING for cell in cells]
    kept = [cell for cell, gone in zip(cells, missing) if not gone]
    for convert, dtype in ((int, np.int64), (float, np.float64)):
        try:
            values = [convert(cell) for cell in kept]
        except ValueError:
            continue
        if not any(missing):
            return np.array(values, dtype=dtype)
        given = iter(values)
        return np.array([np.nan if gone else next(given) for gone in missing], dtype=np.float64)
    if kept and not any(missing) and all(cell in ("True", "False") for cell in kept):
        return np.array([cell == "True" for cell in kept])
    column = np.empty(len(cells), dtype=object)
    column[:] = [np.nan if gone else cell for cell, gone in zip(cells, missing)]
    return column


def read_csv(filepath_or_buffer, sep=",", *, delimiter=None, header="infer", names=None, index_col=None, usecols=None,
             dtype=None, skiprows=0, nrows=None, encoding=None, skipinitialspace=False, **options):
    source = filepath_or_buffer
    if isinstance(source, str) and source.startswith(("http://", "https://", "ftp://")):
        raise PermissionError(f"pd.read_csv({source!r}): a script cannot reach the network here; put the data into the "
                              "script, or save it as a file and grant that with --data")
    stream = source if hasattr(source, "read") else open(source, encoding=encoding or "utf-8", newline="")
    lines = [line for line in stream.read().splitlines()[skiprows or 0:] if line.strip()]
    separator = delimiter or sep
    if separator in (r"\s+", r"\s*"):
        rows = [line.split() for line in lines]
    else:
        rows = list(csv.reader(lines, delimiter=separator, skipinitialspace=skipinitialspace))
    if header == "infer":
        header = 0 if names is None else None
    if header is not None:
        names = names or [name.strip() if skipinitialspace else name for name in rows[header]]
        rows = rows[header + 1:]
    if not rows and names is None:
        raise ValueError("No columns to parse from file")
    names = list(range(len(rows[0]))) if names is None else list(names)
    rows = rows[:nrows] if nrows is not None else rows
    table = {name: _column([row[place] if place < len(row) else "" for row in rows]) for place, name in enumerate(names)}
    if dtype is not None:
        table = {name: values.astype(dtype.get(name, values.dtype) if isinstance(dtype, dict) else dtype)
                 for name, values in table.items()}
    if usecols is not None:
        wanted = [names[part] if isinstance(part, int) and part not in names else part for part in usecols]
        table = {name: values for name, values in table.items() if name in wanted}
    if index_col is None or index_col is False:
        return DataFrame(table)
    key = names[index_col] if isinstance(index_col, int) else index_col
    index = table.pop(key)
    return DataFrame(table, index=index)
