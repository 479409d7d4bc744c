# SPDX-License-Identifier: Apache-2.0
"""An exception in words: its type, its message and Python's own traceback, trimmed to the user's frames."""
import linecache
import re
import traceback

from tapescope import notebook, script

_OURS = ("tensorflow", "keras", "tapescope", "_tapescope")


_LONGEST_NAME = 200


def _printable(text):
    """Lone surrogates as escapes."""
    return text.encode("utf-8", "backslashreplace").decode()


def type_name(cls):
    """As Python prints it: bare for builtins, for the script's own classes and for TensorFlow's."""
    module, name = str(cls.__module__), _printable(cls.__qualname__[:_LONGEST_NAME])
    if module in ("builtins", "__main__") or module.split(".")[0] in _OURS:
        return name
    return _printable(f"{module[:_LONGEST_NAME]}.{name}")


# Longer messages are cut: nobody reads them, and formatting them takes longer than the run.
_MOST = 1 << 16


def message_of(exception):
    try:
        text = _printable(str(exception))
        return text if len(text) <= _MOST else text[:_MOST] + "..."
    except Exception:  # the script's own __str__ may fail
        return f"<exception str() failed: {type(exception).__name__}>"


_MOST_NOTES = 100


def _trim(report):
    seen = set()
    while report is not None and id(report) not in seen:
        seen.add(id(report))
        frames = [frame for frame in report.stack if frame.filename in script.bases]
        report.stack[:] = frames
        for inner in report.exceptions or () if hasattr(report, "exceptions") else ():
            _trim(inner)
        notes = getattr(report, "__notes__", None)
        if type(notes) is list and len(notes) > _MOST_NOTES:
            report.__notes__ = notes[:_MOST_NOTES] + ["..."]
        if report.__cause__ is not None:
            _trim(report.__cause__)
        report = report.__context__


def _line(exception, report):
    # What an exception says of itself may be the script's invention: a line that is none does not count.
    if issubclass(type(exception), SyntaxError) and exception.filename in script.bases and exception.lineno:
        if 0 < exception.lineno <= len(linecache.getlines(exception.filename)):
            return script.bases[exception.filename] + int(exception.lineno)
    if not report.stack:
        return 0
    frame = report.stack[-1]
    return script.bases[frame.filename] + (frame.lineno or 0)


def _in_cells(text):
    """A traceback that names cells of a notebook, as notebooks do."""
    def cell(match):
        place = notebook.cell_of("".join(linecache.getlines(match[1])), int(match[2]))
        return match[0] if place is None else "Cell {}, line {}".format(*place)

    return re.sub(r'File "([^"\n]+\.ipynb)", line (\d+)', cell, text)


def _told(exception, report):
    """Python's traceback; where it is nested deeper than it can be written, that of the last exception alone."""
    try:
        return "".join(report.format())
    except RecursionError:
        inner = "".join(traceback.format_list(report.stack))
        return f"Traceback (most recent call last):\n{inner}{type_name(type(exception))}: {message_of(exception)}\n"


def _report(exception):
    try:
        report = traceback.TracebackException(type(exception), exception, exception.__traceback__, compact=True)
        _trim(report)
    except RecursionError:  # of exceptions in exceptions
        alone = Exception(message_of(exception))
        report = traceback.TracebackException(Exception, alone, exception.__traceback__, compact=True)
        _trim(report)
    return report


def describe(exception):
    """(type, message, traceback, line) of what ended the script."""
    report = _report(exception)
    if len(getattr(report, "_str", None) or "") > _MOST:
        report._str = report._str[:_MOST] + "..."
    message = exception.msg if issubclass(type(exception), SyntaxError) and exception.msg else message_of(exception)
    if type(exception) is AttributeError and type(getattr(exception, "hint", None)) is str:
        message = (message + exception.hint)[:_MOST]
    return type_name(type(exception)), message, _printable(_in_cells(_told(exception, report))), _line(exception, report)
