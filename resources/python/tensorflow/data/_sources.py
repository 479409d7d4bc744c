# SPDX-License-Identifier: Apache-2.0
"""Datasets that are made of no other."""

import numpy

import _tapescope

from tensorflow._values import _dtypes
from tensorflow._values._shapes import TensorSpec
from tensorflow.data import _elements, _shuffling
from tensorflow.data._calls import INFINITE, UNKNOWN
from tensorflow.data._elements import Leaf, gathered, mapped


class TensorSlices:
    def __init__(self, tensors):
        from tensorflow._irregular._ragged import RaggedTensor

        self._ragged = tensors if isinstance(tensors, RaggedTensor) else None
        self._whole = None if self._ragged is not None else gathered(tensors)
        self._size = len(tensors.to_list()) if self._ragged is not None else _elements.rows(self._whole)

    def _open(self):
        if self._ragged is not None:
            return (gathered(row) for row in self._ragged)
        return (_elements.row(self._whole, place) for place in range(self._size))

    def _count(self):
        return self._size

    def _spec(self):
        if self._ragged is not None:
            return super()._spec()
        return mapped(lambda leaf: TensorSpec(list(leaf.array.shape[1:]), _dtypes.as_dtype(leaf.dtype)), self._whole)


class Tensors:
    def __init__(self, tensors):
        self._whole = gathered(tensors)

    def _open(self):
        return iter([self._whole])

    def _count(self):
        return 1

    def _spec(self):
        return mapped(_elements.spec_of, self._whole)


class Range:
    def __init__(self, args, output_type):
        numbers = [int(_tapescope.peek(arg)) if _tapescope.is_tensor(arg) else int(arg) for arg in args]
        self._dtype = "int64" if output_type is None else _dtypes.as_dtype(output_type).name
        self._numbers = range(*numbers)

    def _open(self):
        kind = numpy.dtype(self._dtype).type
        return (Leaf(numpy.asarray(kind(number)), self._dtype) for number in self._numbers)

    def _count(self):
        return len(self._numbers)

    def _spec(self):
        return TensorSpec([], _dtypes.as_dtype(self._dtype))


_END = object()


class Generated:
    def __init__(self, generator, arguments, signature):
        self._generator, self._arguments, self._signature = generator, arguments, signature

    def _open(self):
        def leaf(spec, value):
            tensor = _tapescope.tensor(value, spec.dtype) if not _tapescope.is_tensor(value) else value
            return Leaf(numpy.asarray(_tapescope.peek(tensor)), tensor.dtype.name)

        from tensorflow._running import _outside

        def values():
            """Python runs outside of a function that goes through them."""
            with _outside.outside():
                generated = iter(self._generator(*self._arguments))
            while True:
                with _outside.outside():
                    value = next(generated, _END)
                if value is _END:
                    return
                yield value

        def elements():
            for value in values():
                if isinstance(self._signature, tuple):
                    value = tuple(value)
                yield mapped(leaf, self._signature, value)

        return elements()

    def _count(self):
        return UNKNOWN

    def _spec(self):
        return self._signature


class Random:
    def __init__(self, seed):
        self._pair = _shuffling.pair_of(seed)

    def _open(self):
        return (Leaf(numpy.asarray(numpy.int64(word)), "int64") for word in _shuffling.words(self._pair))

    def _count(self):
        return INFINITE

    def _spec(self):
        return TensorSpec([], _dtypes.as_dtype("int64"))


class Zipped:
    def __init__(self, datasets):
        self._datasets = datasets

    def _open(self):
        passes = mapped(lambda one: one._open(), self._datasets)

        def elements():
            while True:
                try:
                    yield mapped(next, passes)
                except StopIteration:
                    return

        return elements()

    def _count(self):
        counts = [one._count() for one in _elements.flat(self._datasets)]
        if UNKNOWN in counts:
            return UNKNOWN
        return min((count for count in counts if count != INFINITE), default=INFINITE)

    def _spec(self):
        return mapped(lambda one: one.element_spec, self._datasets)
