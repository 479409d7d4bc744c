# SPDX-License-Identifier: Apache-2.0
"""Standard output, error and input of a script, and its warnings: all of them become events."""
import codecs
import errno
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
        self.buffer = EventBytes(self)

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


class EventBytes(io.RawIOBase):
    """What `sys.stdout.buffer` is to a script: bytes of text."""

    def __init__(self, stream):
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")  # a letter may come in two writes

    def writable(self):
        return True

    def write(self, data):
        data = bytes(data)
        self._stream.write(self._decoder.decode(data))
        return len(data)


def _write(descriptor, data):
    """os.write for the two descriptors that a script has; its bytes would otherwise fall among the events."""
    if descriptor not in (1, 2):
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    return (sys.__stdout__ if descriptor == 1 else sys.__stderr__).buffer.write(data)


class StandardInput(io.RawIOBase):
    """What the script may read: what follows the script itself. `flush` is called before a wait."""

    def __init__(self, flush):
        self._flush = flush
        self._read = os.read

    def readable(self):
        return True

    def fileno(self):
        return 0

    def readinto(self, buffer):
        self._flush()
        data = self._read(0, len(buffer))
        buffer[:len(data)] = data
        return len(data)


def install(emit, warned, flush):
    """Takes the place of the interpreter's own streams; `warned(category, message)` receives warnings."""
    sys.stdout = sys.__stdout__ = EventStream(emit, False)
    sys.stderr = sys.__stderr__ = EventStream(emit, True)
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BufferedReader(StandardInput(flush)), "utf-8", "replace")

    def showwarning(message, category, filename, lineno, file=None, line=None):
        if file is not None and file is not sys.stderr:
            file.write(warnings.formatwarning(message, category, filename, lineno, line))
        else:
            warned(category.__name__, str(message))

    warnings.showwarning = showwarning
    os.write = _write
