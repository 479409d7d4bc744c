# SPDX-License-Identifier: Apache-2.0
"""tf.GradientTape: the state machine of tensorflow/python/eager/backprop.py over the engine's tapes."""

import contextlib
import sys

import _tapescope

from tensorflow import _nest

CONSUMED = "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)"
PERSISTENT_INSIDE = (
    "Calling GradientTape.gradient on a persistent tape inside its context is significantly less efficient than calling it "
    "outside the context (it causes the gradient ops to be recorded on the tape, leading to increased CPU and memory usage). "
    "Only call GradientTape.gradient inside the context if you actually want to trace the gradient in order to compute "
    "higher order derivatives."
)
_logged = {}


def _caller():
    """File and line of whoever called into this module."""
    frame = sys._getframe()
    while frame.f_back is not None and frame.f_globals is globals():
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


def log_first(message, times):
    """A line of TensorFlow's log, at most so many times for one line of the script, whatever it says there."""
    place = _caller()
    count = _logged.get(place, 0)
    _logged[place] = count + 1
    if count < times:
        sys.stderr.write("WARNING:tensorflow:" + message + "\n")


class UnconnectedGradients:
    NONE = "none"
    ZERO = "zero"


class GradientTape:
    _tape = None

    def __init__(self, persistent=False, watch_accessed_variables=True):
        self._tape = None
        self._persistent = persistent
        self._watch_accessed_variables = watch_accessed_variables
        self._watched_variables = ()
        self._recording = False

    def __enter__(self):
        self._push_tape()
        return self

    def __exit__(self, typ, value, traceback):
        if self._recording:
            self._pop_tape()

    def _push_tape(self):
        if self._recording:
            raise ValueError("Tape is still recording, This can happen if you try to re-enter an already-active tape.")
        if self._tape is None:
            self._tape = _tapescope.open_tape(self._persistent, self._watch_accessed_variables)
        else:
            _tapescope.reenter_tape(self._tape)
        self._recording = True

    def _pop_tape(self):
        if not self._recording:
            raise ValueError("Tape is not recording.")
        _tapescope.exit_tape(self._tape)
        self._recording = False

    def watch(self, tensor):
        for one in _nest.flatten(tensor):
            if not _tapescope.is_tensor(one):
                raise ValueError(
                    f"Passed in object {one} of type {type(one).__name__!r}, not tf.Tensor or tf.Variable or ExtensionType."
                )
            if not one.dtype.is_floating:
                log_first(f"The dtype of the watched tensor must be floating (e.g. tf.float32), got {one.dtype!r}", 5)
            if self._tape is None:
                raise AttributeError("'NoneType' object has no attribute '_tape'")
            _tapescope.watch(self._tape, one)

    @contextlib.contextmanager
    def stop_recording(self):
        if self._tape is None:
            raise RuntimeError("Trying to stop recording a tape which is not recording.")
        if not self._recording:
            raise ValueError("Tape is not recording.")
        _tapescope.pause_tape(self._tape)
        self._recording = False
        try:
            yield
        finally:
            if self._tape is not None and not self._recording:
                _tapescope.resume_tape(self._tape)
                self._recording = True
            else:
                self._push_tape()

    def reset(self):
        if not self._recording:
            raise ValueError("Tape is not recording.")
        _tapescope.reset_tape(self._tape)

    def watched_variables(self):
        if self._tape is not None:
            self._watched_variables = _tapescope.watched_variables(self._tape)
        return self._watched_variables

    def gradient(self, target, sources, output_gradients=None, unconnected_gradients=UnconnectedGradients.NONE):
        if self._tape is None:
            raise RuntimeError(CONSUMED)
        if self._recording and self._persistent:
            log_first(PERSISTENT_INSIDE, 1)
        if target is None:
            raise TypeError(
                "Argument `target` should be a list or nested structure of Tensors, Variables or CompositeTensors to be "
                "differentiated, but received None."
            )
        zero = getattr(unconnected_gradients, "value", unconnected_gradients)
        if zero not in ("none", "zero"):
            raise ValueError("Unknown value for unconnected_gradients: %r" % (unconnected_gradients,))
        targets = _nest.flatten(target)
        seeds = [] if output_gradients is None else _nest.flatten(output_gradients)
        flat = _tapescope.gradient(self._tape, targets, _nest.flatten(sources), seeds, zero == "zero")
        if not self._persistent:
            self._watched_variables = _tapescope.watched_variables(self._tape)
            self._recording = False
            _tapescope.close_tape(self._tape)
            self._tape = None
        return _nest.pack_sequence_as(sources, flat)

    def __del__(self):
        if self._tape is not None:
            _tapescope.close_tape(self._tape)
