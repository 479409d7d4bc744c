# SPDX-License-Identifier: Apache-2.0
"""tf.print: text as TensorFlow's StringFormat kernel makes it, which is neither Python's nor numpy's."""

import collections
import logging
import pprint
import sys

import numpy

import _tapescope

from tensorflow._values import _nest


def _digits(value, few, many, kind):
    text = "%.*g" % (few, value)
    return text if kind(text) == value or value != value else "%.*g" % (many, value)


def _element(value):
    if isinstance(value, (bytes, str)):
        text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else value
        return f'"{text}"'
    kind = getattr(value, "dtype", numpy.dtype(object))
    if kind == numpy.bool_:
        return "1" if value else "0"
    if kind == numpy.float64:
        return _digits(float(value), 15, 17, float)
    if kind.kind == "c":
        return "?"
    if kind.kind == "f" or "float" in kind.name:
        return _digits(float(value), 6, 9, lambda text: float(numpy.float32(text)))
    return str(value)


def _spacing(axis, rank):
    if axis == rank - 1:
        return " "
    return "\n" * (rank - axis - 1) + " " * (axis + 1)


def _listed(array, ends, axis=0, rank=None):
    rank = array.ndim if rank is None else rank
    if axis == rank:
        return _element(array[()] if isinstance(array, numpy.ndarray) else array)
    count = len(array)
    first = min(ends, count)
    last = range(max(ends, count - ends), count)
    spacing = _spacing(axis, rank)
    parts = [_listed(array[i], ends, axis + 1, rank) for i in range(first)]
    gap = ["..."] if count > 2 * ends else []
    parts += gap + [_listed(array[i], ends, axis + 1, rank) for i in last]
    return "[" + ("" if first or not gap else spacing) + spacing.join(parts) + "]"


def summary(tensor, summarize=3):
    """Text of a tensor: `summarize` elements at each end of every axis, all of them where it is negative."""
    array = _tapescope.peek(tensor)
    return _listed(array, array.size if summarize < 0 else min(summarize, array.size))


def _is_tensor(value):
    return _tapescope.is_tensor(value)


class _Shown:
    """A tensor's text inside of a nested structure, for pprint."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text



def _template(value, texts):
    """The text of an argument, with a place for each tensor in it; the tensors' own texts are added to `texts`."""
    leaves = []
    for leaf in _nest.flatten(value):
        if _is_tensor(leaf):
            texts.append(leaf)
            leaves.append(_Shown("\0"))
        else:
            leaves.append(leaf)
    if isinstance(value, str):
        return value
    return pprint.pformat(_nest.pack_sequence_as(value, leaves) if _nest.is_nested(value) else leaves[0])


_LEVELS = {
    logging.INFO: "INFO",
    logging.WARNING: "WARNING",
    logging.ERROR: "ERROR",
}


def _sink(stream):
    if stream is sys.stdout or stream is sys.stderr:
        return stream
    if stream in (sys.__stdout__, sys.__stderr__):
        return stream
    if isinstance(stream, int) and stream in _LEVELS:
        return sys.stderr
    if callable(stream) and getattr(stream, "__name__", "") in ("info", "warn", "warning", "error"):
        return sys.stderr
    raise ValueError(
        f"Unsupported output stream, logging level, or file.{stream}. Supported streams are sys.stdout, sys.stderr, "
        "tf.logging.info, tf.logging.warning, tf.logging.error. File needs to be in the form of 'file://<filepath>'."
    )


def _formatted(inputs, sep, summarize):
    if len(inputs) == 1 and _is_tensor(inputs[0]) and inputs[0].dtype.name == "string" and not len(inputs[0].shape):
        value = _tapescope.peek(inputs[0])[()]
        return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)
    tensors = []
    templates = []
    for value in inputs:
        if isinstance(value, collections.OrderedDict):
            value = collections.OrderedDict(sorted(value.items()))
        templates.append(_template(value, tensors))
    parts = sep.join(templates).split("\0")
    texts = [summary(tensor, summarize) for tensor in tensors] + [""]
    if len(parts) != len(texts):
        return sep.join(templates)
    return "".join(part + text for part, text in zip(parts, texts))


def print_v2(*inputs, **kwargs):
    stream = kwargs.pop("output_stream", None)
    kwargs.pop("name", None)
    summarize = kwargs.pop("summarize", 3)
    sep = kwargs.pop("sep", " ")
    end = kwargs.pop("end", "\n")
    if kwargs:
        raise ValueError(f"Unrecognized keyword arguments for tf.print: {kwargs}")
    sink = sys.stderr if stream is None else _sink(stream)
    sink.write(_formatted(inputs, sep, summarize) + end)


print_v2.__name__ = print_v2.__qualname__ = "print"
