# SPDX-License-Identifier: Apache-2.0
"""What of Python's a function finds: TensorFlow looks while it traces and never again. Globals, lists, dictionaries and objects
of the script's that a function leads to stand, while it runs again, as they stood then; what it does to them is undone. Not so
for objects of Keras, whose attributes are its own, for slots, and for functions that lead to very much."""

import collections
import functools
import opcode
import sys
import types

import numpy

_MOST = 1000  # places; a function that leads to more is not looked after at all
_LONGEST = 2000  # elements of one
_MAPPINGS = (dict, collections.defaultdict, collections.OrderedDict, collections.Counter)
_MISSING = object()
_ASIDE = []  # of functions that run again, outermost first: what they found, and how it stands outside of them
_INTERNAL = ("<tensorflow/", "<keras/", "<frozen", "<numpy")


def _of_script(value):
    """Whether a function is the script's."""
    return not value.__code__.co_filename.startswith(_INTERNAL)


def _names(code):
    yield from code.co_names
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _names(inner)


def _stored(code):
    """Names that it makes global."""
    extended = 0
    for operation, low in zip(code.co_code[::2], code.co_code[1::2]):
        number = extended << 8 | low
        extended = number if operation == opcode.EXTENDED_ARG else 0
        if operation == opcode.opmap["STORE_GLOBAL"]:
            yield code.co_names[number]
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            yield from _stored(inner)


def _attributes(value):
    """Of an object; running nothing of the script's. None where it keeps none."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    return found if type(found) is dict else None


class _Global:
    """A name of a module."""

    def __init__(self, home, name):
        self._home, self._name = home, name

    def now(self):
        return self._home.get(self._name, _MISSING)

    def put(self, value):
        if value is _MISSING:
            self._home.pop(self._name, None)
        else:
            self._home[self._name] = value

    @staticmethod
    def same(one, other):
        return one is other


class _Cell(_Global):
    """A name of the function around."""

    def __init__(self, cell):
        self._cell = cell

    def now(self):
        try:
            return self._cell.cell_contents
        except ValueError:
            return _MISSING

    def put(self, value):
        if value is _MISSING:
            del self._cell.cell_contents
        else:
            self._cell.cell_contents = value


class _Items:
    """A dictionary, or the attributes of an object."""

    def __init__(self, mapping):
        self._mapping = mapping

    def now(self):
        return dict(self._mapping)

    def put(self, items):
        if list(self._mapping) != list(items):  # else its order stays, and who goes through it does not stumble
            self._mapping.clear()
        self._mapping.update(items)

    @staticmethod
    def same(one, other):
        return len(one) == len(other) and all(other.get(name, _MISSING) is value for name, value in one.items())


class _Sequence:
    """A list, or a deque."""

    def __init__(self, values):
        self._values = values

    def now(self):
        return list(self._values)

    def put(self, values):
        self._values.clear()
        self._values.extend(values)

    @staticmethod
    def same(one, other):
        return len(one) == len(other) and all(a is b for a, b in zip(one, other))


class _Array:
    """numpy's, whose elements are changed in place."""

    def __init__(self, array):
        self._array = array

    def now(self):
        return self._array.copy()

    def put(self, elements):
        self._array[...] = elements

    @staticmethod
    def same(one, other):
        return one.tobytes() == other.tobytes()


class _Set:
    def __init__(self, values):
        self._values = values

    def now(self):
        return set(self._values)

    def put(self, values):
        self._values.clear()
        self._values.update(values)

    @staticmethod
    def same(one, other):
        return one == other


class _Draws:
    """How far Python's or numpy's random numbers are: a function draws while it is traced, and never again."""

    def __init__(self, now, put):
        self.now, self.put = now, put

    @staticmethod
    def same(one, other):
        return False


def _draws_of(module, names):
    if module is sys.modules.get("random"):
        return _Draws(module.getstate, module.setstate)
    if module is sys.modules.get("numpy") and "random" in names:
        return _Draws(module.random.get_state, module.random.set_state)
    return None


class Found:
    """The places that a function and the objects among its arguments lead to."""

    def __init__(self, function, arguments):
        self._places, self._known = [], set()
        self._pending = [function, *arguments]
        while self._pending and len(self._places) < _MOST:
            self._look(self._pending.pop())
        if self._pending:
            self._places.clear()

    def _look(self, value):
        if id(value) in self._known or isinstance(value, (type, types.ModuleType, str, bytes, int, float, complex)) or value is None:
            return
        self._known.add(id(value))
        own = _attributes(value)
        if isinstance(value, types.FunctionType):
            self._look_into_function(value)
        elif isinstance(value, types.MethodType):
            self._pending += [value.__func__, value.__self__]
        elif isinstance(value, functools.partial):
            self._pending += [value.func, *value.args, *value.keywords.values()]
        elif own is not None and isinstance(own.get("_python_function"), (types.FunctionType, types.MethodType)):
            self._pending.append(own["_python_function"])
        elif isinstance(value, tuple):
            self._pending += tuple.__iter__(value)
        elif type(value) in (list, collections.deque) and len(value) <= _LONGEST:
            self._add(_Sequence(value), value)
        elif type(value) is numpy.ndarray and value.size <= _LONGEST and not value.dtype.hasobject and value.flags.writeable:
            self._add(_Array(value), ())
        elif isinstance(value, getattr(sys.modules.get("numpy.random"), "Generator", ())):
            bits = value.bit_generator
            self._add(_Draws(lambda: bits.state, lambda state: setattr(bits, "state", state)), ())
        elif type(value) in _MAPPINGS and len(value) <= _LONGEST:
            self._add(_Items(value), value.values())
        elif type(value) is set and len(value) <= _LONGEST:
            self._add(_Set(value), ())
        elif own is not None and (type(value).__module__ == "__main__" or _has_script(value)) and not _is_of_keras(value):
            self._add(_Items(own), own.values())
            self._pending += vars(type(value)).values()

    def _look_into_function(self, function):
        if not _of_script(function):
            return
        home = function.__globals__
        names = set(_names(function.__code__))
        for name in names & home.keys() | set(_stored(function.__code__)):
            draws = _draws_of(home.get(name), names)
            self._add_name((id(home), name), draws or _Global(home, name))
        for cell in function.__closure__ or ():
            self._add_name(id(cell), _Cell(cell))

    def _add_name(self, key, place):
        if key in self._known:
            return
        self._known.add(key)
        value = _MISSING if isinstance(place, _Draws) else place.now()
        self._add(place, [] if value is _MISSING else [value])

    def _add(self, place, values):
        self._places.append(place)
        self._pending += values

    def now(self):
        return [place.now() for place in self._places]

    def put(self, wanted):
        for place, value in zip(self._places, wanted):
            if not place.same(place.now(), value):
                place.put(value)

    def during(self, state, run):
        """What `run` gives while everything stands as it did then."""
        aside = [self, self.now()]
        self.put(state)
        _ASIDE.append(aside)
        try:
            return run()
        finally:
            _ASIDE.pop()
            self.put(aside[1])

    def replace(self, before, change):
        """Gives what came into a place since then to `change`, and puts there what that returns."""
        for place, old in zip(self._places, before):
            new = place.now()
            if place.same(new, old):
                continue
            if isinstance(place, _Global):
                changed = change(new)
            elif isinstance(place, _Items):
                changed = {name: value if old.get(name, _MISSING) is value else change(value) for name, value in new.items()}
            elif isinstance(place, _Sequence):
                held = {id(one) for one in old}
                changed = [value if id(value) in held else change(value) for value in new]
            else:
                continue
            if not place.same(new, changed):
                place.put(changed)


def _has_script(value):
    """Whether a method of its class is the script's."""
    return any(isinstance(one, types.FunctionType) and _of_script(one) for one in vars(type(value)).values())


def _is_of_keras(value):
    return any(one.__module__.startswith("keras") for one in type(value).__mro__)


class Outside:
    """While it lasts, everything stands as it does outside of the functions that run again; what is done to it then stays."""

    def __enter__(self):
        self._inside = [found.now() for found, _ in _ASIDE]
        for found, state in reversed(_ASIDE):
            found.put(state)
        self._aside = _ASIDE[:]
        _ASIDE.clear()

    def __exit__(self, *problem):
        _ASIDE[:] = self._aside
        for aside in _ASIDE:
            aside[1] = aside[0].now()
        for (found, _), inside in zip(_ASIDE, self._inside):
            found.put(inside)
