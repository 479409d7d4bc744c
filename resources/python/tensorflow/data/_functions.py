# SPDX-License-Identifier: Apache-2.0
"""Datasets that a function of the script's makes of another."""

import contextlib
import functools
import inspect
import io
import itertools

import numpy

import _tapescope

from tensorflow._chance import _seeds
from tensorflow._running import _outside
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
        """Runs on made-up elements, as many as the function takes: what differs is open."""
        specs = self._tried(_PROBES, _outside.looking) or self._tried(_PROBES[:2], contextlib.nullcontext)
        return functools.reduce(_common, specs) if specs else super(_Of, self)._spec()

    def _tried(self, probes, watch):
        given, specs = self._source.element_spec, []
        for probe in probes:
            try:
                with watch():
                    specs.append(self._made_of(mapped(lambda one, probe=probe: _filled(one, *probe), given)))
            except Exception:
                continue
        return specs

    def _made_of(self, element):
        """The spec of what the function makes; nothing is printed, no generator moves, and no function is traced by it."""
        with contextlib.redirect_stdout(io.StringIO()), _outside.untraced(), _seeds.Inside(None), _seeds.Inside(_seeds.Trace()):
            return mapped(_elements.spec_of, gathered(with_element(self._function, element)))


class ParallelMapped(Mapped):
    pass


def _is_structure(result):
    return any(_tapescope.is_tensor(item) and len(item.shape) for item in result)


_PROBES = (2, 0, b""), (3, 0, b"0"), (2, 1, b"0 0"), (3, 100, b"0,0"), (2, -100, b"a")  # open sizes, numbers, strings


def _filled(spec, size, number, text):
    shape = [size if one is None else one for one in (spec.shape.as_list() if spec.shape.rank is not None else [])]
    dtype = spec.dtype.name
    if dtype == "string":
        return Leaf(numpy.full(shape, text, object), dtype)
    return Leaf(numpy.full(shape, number).astype(numpy.dtype(dtype)), dtype)


def _common(spec, other):
    return mapped(lambda a, b: TensorSpec(a.shape.most_specific_compatible_shape(b.shape), a.dtype), spec, other)


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
