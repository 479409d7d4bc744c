# SPDX-License-Identifier: Apache-2.0
"""What TensorFlow says of questions that a tape has no answer to, and the lines of its log."""

import sys

import _tapescope

from tensorflow._irregular import _ragged, _sparse

CONSUMED = "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)"
PERSISTENT_INSIDE = (
    "Calling GradientTape.gradient on a persistent tape inside its context is significantly less efficient than calling it "
    "outside the context (it causes the gradient ops to be recorded on the tape, leading to increased CPU and memory usage). "
    "Only call GradientTape.gradient inside the context if you actually want to trace the gradient in order to compute "
    "higher order derivatives."
)
_logged = {}


def log_first(message, times):
    """A line of TensorFlow's log, at most so many times for one line of the script: TensorFlow counts by who called it."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(("<tensorflow/", "<keras/")):
        frame = frame.f_back
    caller = (frame.f_code.co_filename, frame.f_lineno) if frame is not None else None
    count = _logged.get(caller, 0)
    _logged[caller] = count + 1
    if count < times:
        sys.stderr.write("WARNING:tensorflow:" + message + "\n")


# Numbers of TensorFlow's dtypes: those that a tape can carry, and all. A plain number that equals one passes for a dtype.
_CARRIED = frozenset((1, 2, 8, 14, 18, 19, 20, 21))
_NUMBERS = frozenset((*range(1, 30), *range(101, 130)))


def _refuse(value):
    """Raises what TensorFlow says of a target or source that is no tensor: its first question is for the dtype."""
    if isinstance(value, str):
        numbered, carried = value in ("float32", "float64", "half", "float16", "bfloat16", "double", "int32", "int64"), True
    elif isinstance(value, (bool, int, float)) and value in _NUMBERS:
        numbered, carried = True, value in _CARRIED
    else:
        numbered = carried = value in (float, bool, object) if isinstance(value, type) else hasattr(value, "dtype")
    if not numbered:
        raise TypeError(f"Cannot convert the argument `type_value`: {value!r} to a TensorFlow DType.")
    if not carried:
        value.dtype
    value._id
    raise AttributeError(f"'{type(value).__name__}' object has no attribute '_id'")


def checked(leaves):
    for leaf in leaves:
        if not _tapescope.is_tensor(leaf):
            return _with_flat_values(leaves)
    return leaves


def _with_flat_values(leaves):
    """Ragged tensors are differentiated by their values, sparse ones not at all."""
    tensors = []
    for leaf in leaves:
        if isinstance(leaf, _sparse.SparseTensor):
            raise ValueError(f"Type {type(leaf).__name__} is not supported as a gradient source or gradient target.")
        leaf = leaf.flat_values if _ragged.is_ragged(leaf) else leaf
        if not _tapescope.is_tensor(leaf):
            _refuse(leaf)
        tensors.append(leaf)
    return tensors
