# SPDX-License-Identifier: Apache-2.0
"""Standard output, error and input of a script, and its warnings: all of them become events."""
import io
import os
import sys
import warnings


class EventStream(io.TextIOBase):
    """Text written here goes to `emit(is_error, text)`."""

    encoding = "utf-8"
    errors = "backslashreplace"
    newlines = None
    line_buffering = True

    def __init__(self, emit, is_error):
        self._emit = emit
        self._is_error = is_error
        self.name = "<stderr>" if is_error else "<stdout>"
        self.mode = "w"

    def writable(self):
        return True

    def isatty(self):
        return False

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            self._emit(self._is_error, text)
        return len(text)


def _leave(status=0):
    raise SystemExit(status)


def install(emit, warned):
    """Takes the place of the interpreter's own streams; `warned(category, message)` receives warnings."""
    sys.stdout = sys.__stdout__ = EventStream(emit, False)
    sys.stderr = sys.__stderr__ = EventStream(emit, True)
    sys.stdin = sys.__stdin__ = io.StringIO("")

    def showwarning(message, category, filename, lineno, file=None, line=None):
        if file is not None and file is not sys.stderr:
            file.write(warnings.formatwarning(message, category, filename, lineno, line))
        else:
            warned(category.__name__, str(message))

    warnings.showwarning = showwarning
    # Leaving without a word would lose the end of the run.
    os._exit = _leave
