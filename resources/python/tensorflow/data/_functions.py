# SPDX-License-Identifier: Apache-2.0
"""Datasets that a function of the script's makes of another."""

import inspect
import io
import itertools
from contextlib import redirect_stdout

import numpy

import _tapescope

from tensorflow._chance import _seeds
from tensorflow._values._shapes import TensorSpec
from tensorflow.data import _elements
from tensorflow.data._calls import UNKNOWN, _Of, called, first_of, truth, with_element
from tensorflow.data._elements import Leaf, gathered, mapped


class Mapped(_Of):
    def __init__(self, source, function):
        super().__init__(source)
        self._function = function
        self._seed = _seeds.global_seed()
        try:
            count = len(source.element_spec) if isinstance(source.element_spec, tuple) else 1
            inspect.signature(function).bind(*[None] * count)
        except ValueError:
            pass  # an operation of the engine's table says so itself
        except TypeError as error:
            if "unsupported callable" not in str(error):
                _complain(function, count, error)

    def _open(self):
        elements = self._source._open()
        trace = _seeds.Trace()  # each pass draws the same numbers
        trace._seed = self._seed

        def results():
            for element in elements:
                with _seeds.Inside(trace):
                    result = with_element(self._function, element)
                yield gathered(tuple(result) if isinstance(result, list) and _is_structure(result) else result)

        return results()

    def _spec(self):
        """Runs on made-up elements: what differs is open. Only where numbers other than zeros do not fit are all of them zeros."""
        given = self._source.element_spec
        for numbers in ((0, 1), (0, 0)):
            try:
                one, other = (self._made_of(given, size, number) for size, number in zip((2, 3), numbers))
                return mapped(lambda a, b: TensorSpec(a.shape.most_specific_compatible_shape(b.shape), a.dtype), one, other)
            except Exception:
                continue
        return super(_Of, self)._spec()

    def _made_of(self, spec, size, number):
        """What the function makes of such an element; nothing is printed, and no generator moves."""
        element = mapped(lambda one: _filled(one, size, number), spec)
        with redirect_stdout(io.StringIO()), _seeds.Inside(None), _seeds.Inside(_seeds.Trace()):
            return mapped(_elements.spec_of, gathered(with_element(self._function, element)))


class ParallelMapped(Mapped):
    pass


def _is_structure(result):
    return any(_tapescope.is_tensor(item) and len(item.shape) for item in result)


def _filled(spec, size, number):
    shape = [size if one is None else one for one in (spec.shape.as_list() if spec.shape.rank is not None else [])]
    dtype = spec.dtype.name
    if dtype == "string":
        return Leaf(numpy.full(shape, b"0 0" if number else b"", object), dtype)
    return Leaf(numpy.full(shape, number, numpy.dtype(dtype)), dtype)


def _complain(function, count, error):
    """In Python's own words."""
    try:
        function(*[None] * count)
    except TypeError as own:
        if "positional argument" in str(own):
            raise TypeError(str(own)) from None
    raise error


class Filtered(_Of):
    def __init__(self, source, predicate):
        super().__init__(source)
        self._predicate = predicate

    def _open(self):
        return (element for element in self._source._open() if truth(with_element(self._predicate, element)))

    def _count(self):
        return UNKNOWN


class TakenWhile(Filtered):
    def _open(self):
        return itertools.takewhile(lambda element: truth(with_element(self._predicate, element)), self._source._open())


class FlatMapped(_Of):
    def __init__(self, source, function):
        super().__init__(source)
        self._function = function

    def _inner(self):
        return (with_element(self._function, element)._open() for element in self._source._open())

    def _open(self):
        return itertools.chain.from_iterable(self._inner())

    def _count(self):
        return UNKNOWN

    def _spec(self):
        return super(_Of, self)._spec()


class Interleaved(FlatMapped):
    def __init__(self, source, function, cycle, block):
        super().__init__(source, function)
        self._cycle, self._block = cycle, block

    def _open(self):
        waiting = self._inner()

        def elements():
            going = list(first_of(waiting, self._cycle))
            place = 0
            while going:
                part = list(first_of(going[place], self._block))
                yield from part
                if len(part) < self._block:
                    following = next(waiting, None)
                    if following is None:
                        going.pop(place)
                        place = place % len(going) if going else 0
                        continue
                    going[place] = following
                    continue
                place = (place + 1) % len(going)

        return elements()


class Scanned(_Of):
    def __init__(self, source, state, function):
        super().__init__(source)
        self._state, self._function = state, function

    def _open(self):
        elements = self._source._open()

        def results():
            state = _elements.tensors(gathered(self._state))
            for element in elements:
                state, result = called(self._function, state, _elements.tensors(element))
                yield gathered(result)

        return results()

    def _spec(self):
        return super(_Of, self)._spec()
