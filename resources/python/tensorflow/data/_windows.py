# SPDX-License-Identifier: Apache-2.0
"""Datasets of parts of another."""

from tensorflow._values._shapes import TensorShape
from tensorflow.data._calls import _Of, first_of
from tensorflow.data._elements import mapped

_WINDOW = None  # the class of such a part, on top of tf.data.Dataset


class _Window:
    """Elements that a window holds, as a dataset."""

    def __init__(self, elements):
        self._kept = elements

    def _open(self):
        return iter(self._kept)

    def _count(self):
        return len(self._kept)


class Windows(_Of):
    def __init__(self, source, size, shift, stride, drop):
        super().__init__(source)
        self._size, self._shift, self._stride, self._drop = size, shift, stride, drop

    def _open(self):
        elements = self._source._open()

        def windows():
            held = []
            while True:
                held += first_of(elements, max(0, self._reach - len(held)))
                if not held or (self._drop and len(held) < self._reach):
                    return
                part = held[: self._reach : self._stride]
                yield mapped(lambda *leaves: _WINDOW(list(leaves)), part[0], *part[1:])
                skipped = self._shift - len(held)
                held = held[self._shift:]
                list(first_of(elements, max(0, skipped)))

        return windows()

    @property
    def _reach(self):
        return (self._size - 1) * self._stride + 1

    def _count(self):
        count = self._source._count()
        if count < 0:
            return count
        return max(0, (count - self._reach) // self._shift + 1) if self._drop else -(-count // self._shift)

    def _spec(self):
        return mapped(lambda spec: DatasetSpec(spec), self._source.element_spec)


class DatasetSpec:
    def __init__(self, spec):
        self._spec = spec

    def __repr__(self):
        return f"DatasetSpec({self._spec}, {TensorShape([])!r})"
