# SPDX-License-Identifier: Apache-2.0
"""Calls of what a script gave to a pipeline, and the dataset that a dataset of one other stands on."""

import itertools

import _tapescope

from tensorflow._running import _gradients, _outside
from tensorflow._running._fold import fold
from tensorflow.data import _elements

INFINITE, UNKNOWN = -1, -2
first_of = itertools.islice


def called(function, *arguments):
    """Calls what the script gave to the pipeline; no tape records it but those that it opens itself."""
    _tapescope.set_tapes_aside()
    try:
        with fold(f"tf.data {getattr(function, '__name__', 'function')}"), _gradients.Recorded():
            return function(*arguments)
    finally:
        _tapescope.take_tapes_back()


def with_element(function, element):
    """A tuple is several arguments."""
    given = _elements.tensors(element)
    return called(function, *given) if isinstance(given, tuple) else called(function, given)


def truth(value):
    return bool(_tapescope.peek(_tapescope.tensor(value)))


def looked_at(dataset):
    """The spec of its elements; None where only a pass can tell."""
    try:
        with _outside.looking():
            return dataset.element_spec
    except _outside.Unseen:
        return None


class _Of:
    """The same elements, in the same number."""

    def __init__(self, source):
        self._source = source

    def _open(self):
        return self._source._open()

    def _count(self):
        return self._source._count()

    def _spec(self):
        return self._source.element_spec
