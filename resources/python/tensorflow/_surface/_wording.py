# SPDX-License-Identifier: Apache-2.0
"""What is said of arguments that do not fit: most of TensorFlow's functions are called through a dispatcher, which has its
own words; others, most of those generated from operations, complain as Python does."""

import functools

import _tapescope

from tensorflow._surface import _dispatched, _plain

#: By path below tensorflow: the name in Python's words, None for the dispatcher's, and the parameters.
_KNOWN = {}


def _read():
    for rows, plain in ((_dispatched.ROWS, False), (_plain.ROWS, True)):
        for row in rows.strip().split("\n"):
            paths, _, parameters = row.partition(" |")
            paths = paths.split()
            known = (paths.pop(0) if plain else None, tuple(parameters.split()))
            _KNOWN.update(dict.fromkeys(paths, known))


_read()


def _stub(own, parameters):
    space = {}
    listed = ", ".join(one + "None" if one.endswith("=") else one for one in parameters)
    exec(f"def stub({listed}): pass", space)
    space["stub"].__qualname__ = own
    return space["stub"]


def _dispatcher_words(parameters, args, kwargs):
    names = [one.rstrip("=") for one in parameters]
    if len(args) > len(names):
        raise TypeError(f"Too many arguments were given. Expected {len(names)} but got {len(args)}.") from None
    for name in kwargs:
        if name not in names:
            raise TypeError(f"Got an unexpected keyword argument '{name}'") from None
        if name in names[: len(args)]:
            raise TypeError(f"Got multiple values for argument '{name}'") from None
    if any(not one.endswith("=") and one not in kwargs for one in parameters[len(args) :]):
        raise TypeError("Missing required positional argument") from None


def complain(path, args, kwargs):
    """Raises what TensorFlow says where arguments do not fit the function; returns where they do."""
    own, parameters = _KNOWN.get(path, (None, None))
    if parameters is None:
        return
    if own is None:
        _dispatcher_words(parameters, args, kwargs)
    else:
        _stub(own, parameters)(*args, **kwargs)


def _spoken(path, function):
    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except TypeError:
            complain(path, args, kwargs)
            raise

    return call


def install(tensorflow):
    """Gives Python functions their words; the engine's own ask `complain`, once they know what they require."""
    kind = type(install)
    made = {}
    for path in _KNOWN:
        home, _, name = path.rpartition(".")
        home = functools.reduce(getattr, home.split("."), tensorflow) if home else tensorflow
        function = vars(home).get(name)
        if function is _tapescope.functions.get(path):
            _tapescope.require(function, sum(not one.endswith("=") for one in _KNOWN[path][1]))
        if type(function) is kind:
            key = (function, _KNOWN[path])
            if key not in made:
                made[key] = _spoken(path, function)
            setattr(home, name, made[key])
