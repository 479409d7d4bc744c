# SPDX-License-Identifier: Apache-2.0
"""Runs cases and prints what each of them did, one line of JSON for a case.

This text stands in front of a file of cases, so that one script runs under a real TensorFlow and in our worker, which
imports no files. A case is a function without arguments; what it returns, raises, warns, logs and prints is compared:

    @case
    def square_of_a_variable():
        v = tf.Variable(3.0)
        with tf.GradientTape() as tape:
            y = v * v
        return tape.gradient(y, v)

`case("some name")(function)` registers a case that a loop makes.
"""
import contextlib
import io
import json
import re
import sys
import warnings

import numpy as np
import tensorflow as tf

CASES = {}
WHOLE = 80    # larger values are described by samples and sums
SAMPLES = 24
DIGITS = {"float16": 5, "bfloat16": 4, "float32": 8, "complex64": 8}
# What differs from run to run, or between versions of numpy, and means nothing.
NORMAL = [
    (re.compile(r"\{\{function_node [^}]*\}\} ?"), ""),
    (re.compile(r"\b0x[0-9a-f]{6,}\b"), "0x0"),
    (re.compile(r"\bnp\.(?:float|u?int|complex)\d+\(([^()]*)\)"), r"\1"),
    (re.compile(r"\bnp\.(True|False)_"), r"\1"),
    (re.compile(r"(?:/[\w.-]+)+/site-packages/"), "site-packages/"),
    (re.compile(r"\bnp\.str_\(('[^']*'|\"[^\"]*\")\)"), r"\1"),
]


def case(given):
    """A decorator; with a name instead of a function, a decorator that registers under that name."""
    def register(function, name=None):
        name = name or function.__name__
        if name in CASES:
            raise SystemExit(f"two cases are called {name}")
        CASES[name] = function
        return function
    return register(given) if callable(given) else lambda function: register(function, given)


def normal(text):
    for pattern, instead in NORMAL:
        text = pattern.sub(instead, text)
    return text


def number(value, digits=12):
    """As JSON has it: text for what it has no number for."""
    if isinstance(value, complex):
        return [number(value.real, digits), number(value.imag, digits)]
    if not isinstance(value, float):
        return value
    if value != value or value in (float("inf"), float("-inf")):
        return repr(value)
    return float(f"{value:.{digits}g}")


def values_of(array, dtype):
    """The values of a numpy array, or samples and a sum of magnitudes where they are many."""
    digits = DIGITS.get(dtype, 12)
    flat = array.reshape(-1)
    if flat.size <= WHOLE or array.dtype.kind not in "iufcb":
        items = [item.decode("utf-8", "replace") if isinstance(item, bytes) else item for item in flat.tolist()]
        return {"v": [number(item, digits) if isinstance(item, (bool, int, float, complex)) else normal(str(item))
                      for item in items]}
    picked = flat[:: flat.size // SAMPLES]
    with np.errstate(all="ignore"):
        total = float(np.abs(flat.astype(np.complex128 if array.dtype.kind == "c" else np.float64)).sum())
    return {"some": [number(item, digits) for item in picked.tolist()], "sum": number(total, digits)}


def tensor(value):
    """dtype, shape and values of a tensor or a variable."""
    dtype = value.dtype.name
    array = np.asarray((tf.cast(value, tf.float32) if dtype == "bfloat16" else value).numpy())
    return {"dtype": dtype, "shape": list(value.shape), **values_of(array, dtype)}


def is_a(value, name):
    cls = getattr(tf, name, None)
    return isinstance(cls, type) and isinstance(value, cls)


def describe_sequence(value):
    kind = type(value).__name__ if type(value) in (list, tuple) else "list" if isinstance(value, list) else "tuple"
    if hasattr(value, "_fields"):
        return {"named": type(value).__name__, "fields": {name: describe(getattr(value, name)) for name in value._fields}}
    return {kind: [describe(item) for item in value]}


def describe(value):
    """A value as JSON, with all that counts: structure, types, dtypes, shapes and numbers."""
    if value is None or type(value) in (bool, int):
        return value
    if type(value) in (float, complex):
        return {type(value).__name__: number(value)}
    if isinstance(value, str):
        return normal(value)
    if isinstance(value, bytes):
        return {"bytes": repr(value)}
    if is_a(value, "Variable"):
        return {"variable": value.name, "trainable": value.trainable, **tensor(value)}
    if is_a(value, "IndexedSlices"):
        return {"slices": {part: describe(getattr(value, part)) for part in ("values", "indices", "dense_shape")}}
    if is_a(value, "TensorShape") or is_a(value, "DType"):
        return {"repr": repr(value)}
    if is_a(value, "Tensor"):
        return {"tensor": tensor(value)}
    if isinstance(value, (np.ndarray, np.generic)):
        kind = "array" if isinstance(value, np.ndarray) else "scalar"
        return {kind: value.dtype.name, "shape": list(value.shape), **values_of(np.asarray(value), value.dtype.name)}
    if isinstance(value, (list, tuple)):
        return describe_sequence(value)
    if isinstance(value, dict):
        return {"dict": [[describe(key), describe(item)] for key, item in value.items()]}
    if isinstance(value, BaseException):
        return {"raised": type(value).__name__, "text": normal(str(value))}
    if isinstance(value, type):
        return {"class": value.__name__}
    return {"repr": normal(repr(value))}


def fresh():
    """Takes back what earlier cases may have left: seeds, names, and counts of messages that are logged a few times only."""
    tf.random.set_seed(0)
    for module, counts in (("tensorflow.python.platform.tf_logging", "_log_counter_per_token"),
                           ("tensorflow._taping._complaints", "_logged"), ("tensorflow.keras.optimizers._variables", "_names")):
        found = getattr(sys.modules.get(module), counts, None)
        if hasattr(found, "clear"):
            found.clear()
    if "keras.src.utils.naming" in sys.modules:
        sys.modules["keras.src.utils.naming"].reset_uids()


def outcome(function):
    """What one case did, as JSON; what is empty is left out."""
    fresh()
    printed, logged, done = io.StringIO(), io.StringIO(), {}
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(printed), \
            contextlib.redirect_stderr(logged):
        warnings.simplefilter("always")
        try:
            done["result"] = describe(function())
        except Exception as error:  # whatever it raises is what the case is about
            done["error"] = type(error).__name__
            done["text"] = normal(str(error))
    # What numpy 2 says of Keras's own class, and numpy 1 does not.
    warned = [each for each in warned if "__array__ implementation doesn't accept a copy keyword" not in str(each.message)]
    said = [f"{each.category.__name__}: {normal(str(each.message))}" for each in warned]
    said += [normal(line) for line in logged.getvalue().splitlines()]
    if said:
        done["said"] = said
    if printed.getvalue():
        done["printed"] = normal(printed.getvalue())
    return done


def log_to_current_stderr():
    """A real TensorFlow's log keeps the standard error that it found at first; a case has its own."""
    if "tensorflow.python.platform.tf_logging" not in sys.modules:
        return
    import logging

    class Current(logging.Handler):
        def emit(self, record):
            sys.stderr.write(f"{record.levelname}:{record.name}:{record.getMessage()}\n")
    for logger in (tf.get_logger(), logging.getLogger("absl")):  # Keras 2 logs to Abseil's
        logger.handlers[:] = [Current(logging.WARNING)]
        logger.propagate = False


def run_cases(only=None, skip=()):
    """Prints "next: " and the name, "case: " and [name, outcome] for each case, and "done: " with versions at the end."""
    out = sys.stdout
    log_to_current_stderr()
    for name, function in CASES.items():
        if name not in skip and (only is None or name in only):
            out.write("next: " + json.dumps(name) + "\n")
            out.flush()
            out.write("case: " + json.dumps([name, outcome(function)], separators=(",", ":")) + "\n")
            out.flush()
    versions = {"tensorflow": tf.__version__, "keras": getattr(sys.modules.get("tf_keras") or sys.modules.get("keras"), "__version__", ""),
                "numpy": np.__version__, "python": ".".join(map(str, sys.version_info[:3]))}
    versions.update({name: sys.modules[name].__version__ for name in ("pandas", "sklearn", "tensorboard") if name in sys.modules})
    out.write("done: " + json.dumps(versions) + "\n")
