# SPDX-License-Identifier: Apache-2.0
"""What of Python's a function finds: TensorFlow looks while it traces and never again. Globals, lists, dictionaries and objects
of the script's that a function leads to stand, while it runs again, as they stood then; what it does to them is undone."""

import collections
import sys
import types

import numpy

_MOST = 400  # containers; a function that leads to more is not looked after beyond them
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

    def _look(self, value):
        if id(value) in self._known or isinstance(value, (type, types.ModuleType, str, bytes, int, float, complex)) or value is None:
            return
        self._known.add(id(value))
        if isinstance(value, types.FunctionType):
            self._look_into_function(value)
        elif isinstance(value, types.MethodType):
            self._pending += [value.__func__, value.__self__]
        elif isinstance(getattr(value, "_python_function", None), (types.FunctionType, types.MethodType)):
            self._pending.append(value._python_function)
        elif type(value) is tuple:
            self._pending += value
        elif type(value) in (list, collections.deque) and len(value) <= _LONGEST:
            self._add(_Sequence(value), value)
        elif type(value) is numpy.ndarray and value.size <= _LONGEST and not value.dtype.hasobject and value.flags.writeable:
            self._add(_Array(value), ())
        elif type(value) in _MAPPINGS and len(value) <= _LONGEST:
            self._add(_Items(value), value.values())
        elif type(value) is set and len(value) <= _LONGEST:
            self._add(_Set(value), ())
        elif hasattr(value, "__dict__") and (type(value).__module__ == "__main__" or _has_script(value)) and not _is_of_keras(value):
            self._add(_Items(vars(value)), vars(value).values())
            self._pending += vars(type(value)).values()

    def _look_into_function(self, function):
        if not _of_script(function):
            return
        home = function.__globals__
        builtin = home.get("__builtins__", {})
        builtin = builtin if isinstance(builtin, dict) else vars(builtin)
        names = set(_names(function.__code__))
        for name in names:
            draws = _draws_of(home.get(name), names)
            if draws is not None:
                self._add(draws, [])
            elif name in home or name not in builtin:
                place = _Global(home, name)
                self._add(place, [] if place.now() is _MISSING else [place.now()])
        for cell in function.__closure__ or ():
            place = _Cell(cell)
            self._add(place, [] if place.now() is _MISSING else [place.now()])

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
            _ASIDE.remove(aside)
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

    def __exit__(self, *problem):
        for aside in _ASIDE:
            aside[1] = aside[0].now()
        for (found, _), inside in zip(_ASIDE, self._inside):
            found.put(inside)
