# SPDX-License-Identifier: Apache-2.0
"""An exception in words: its type, its message and Python's own traceback, trimmed to the user's frames."""
import traceback

_OURS = ("tensorflow", "keras", "tapescope", "_tapescope")


def type_name(cls):
    """As Python prints it: bare for builtins, for the script's own classes and for TensorFlow's."""
    module = cls.__module__
    if module in ("builtins", "__main__") or module.split(".")[0] in _OURS:
        return cls.__qualname__
    return f"{module}.{cls.__qualname__}"


def message_of(exception):
    try:
        return str(exception)
    except Exception:  # the script's own __str__ may fail
        return f"<exception str() failed: {type(exception).__name__}>"


def _trim(report, script):
    seen = set()
    while report is not None and id(report) not in seen:
        seen.add(id(report))
        frames = [frame for frame in report.stack if frame.filename == script]
        report.stack[:] = frames
        for inner in report.exceptions or () if hasattr(report, "exceptions") else ():
            _trim(inner, script)
        if report.__cause__ is not None:
            _trim(report.__cause__, script)
        report = report.__context__


def _line(exception, report, script):
    if isinstance(exception, SyntaxError) and exception.filename == script:
        return exception.lineno or 0
    return report.stack[-1].lineno or 0 if report.stack else 0


def describe(exception, script):
    """(type, message, traceback, line) of what ended the script called `script`."""
    report = traceback.TracebackException(type(exception), exception, exception.__traceback__, compact=True)
    _trim(report, script)
    message = exception.msg if isinstance(exception, SyntaxError) and exception.msg else message_of(exception)
    return type_name(type(exception)), message, "".join(report.format()), _line(exception, report, script)
