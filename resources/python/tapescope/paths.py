# SPDX-License-Identifier: Apache-2.0
"""By which paths variables can be reached from a script's globals: model.layers[0].kernel, net.out.bias. Looks only into
lists, dictionaries and the attributes that objects keep, so that no code of the script's runs."""

import sys

import _tapescope

_DEPTH = 8
_MOST = 20000  # objects that one walk looks at
_LONGEST = 256  # items of a list or a dictionary


class _Known:
    tell = None  # (path, scope, object): binds the name in the trace
    roots = {}  # names of globals: the objects
    told = {}  # names of globals: {path: number of the variable}


def start(tell):
    _Known.tell = tell


def _is(value, kinds):
    """As isinstance(), but a class that pretends to be another is not asked."""
    return issubclass(type(value), kinds)


def _is_ours(value):
    """A layer or a module: what it keeps is worth a look as soon as it has a name."""
    for module, name in (("tensorflow.keras.layers._base", "Layer"), ("tensorflow._running._module", "Module")):
        cls = getattr(sys.modules.get(module), name, None)
        if cls is not None and _is(value, cls):
            return True
    return False


def _dictionary(value):
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return None
    return found if type(found) is dict else None


def _attributes(value):
    """(suffix, what stands there) of an object."""
    own = _dictionary(value)
    if own is None or _is(value, (type, type(sys))):
        return
    if "_tracker" in own:
        yield from _of_layer(value, own)
        return
    for name, item in own.items():
        if _is(name, str) and not name.startswith("_"):
            yield f".{name}", item


def _of_layer(layer, own):
    kind = type(layer)
    for name, item in own.items():
        if not name.startswith("_") and name != "build":
            yield f".{name}", item
        elif name.startswith("_") and _tapescope.is_variable(item) and _is(getattr(kind, name[1:], None), property):
            yield f".{name[1:]}", item
    if kind.__module__.startswith("keras.src.models.") or "_graph" in own:
        for place, inner in enumerate(layer.layers):
            yield f".layers[{place}]", inner


def _items(value):
    if _is(value, (list, tuple)):
        if len(value) <= _LONGEST:
            yield from ((f"[{place}]", item) for place, item in enumerate(value))
    elif _is(value, dict):
        if len(value) <= _LONGEST:
            yield from ((f"[{key!r}]", item) for key, item in value.items() if _is(key, (str, int)))
    elif not _is(value, (str, bytes, int, float, complex, type(None))):
        yield from _attributes(value)


def _reached(name, root):
    """{path: variable}, the nearest first; each object is looked into once."""
    found, seen, level, looked = {}, {id(root)}, [(name, root)], 0
    for _ in range(_DEPTH):
        following = []
        for path, value in level:
            for suffix, item in _items(value):
                looked += 1
                if looked > _MOST:
                    return found
                if _tapescope.is_variable(item):
                    found.setdefault(path + suffix, item)
                elif not _tapescope.is_tensor(item) and id(item) not in seen:
                    seen.add(id(item))
                    following.append((path + suffix, item))
        level = following
    return found


def _tell(name, root, scope=""):
    before, now = _Known.told.get(name, {}), {}
    for path, variable in _reached(name, root).items():
        now[path] = variable._id
        if before.get(path) != variable._id:
            _Known.tell(path, scope, variable)
    for path in before:
        if path not in now:
            _Known.tell(path, scope, None)
    _Known.told[name] = now


def bound_local(name, scope, value):
    """A name of a running function has been bound to something that may hold variables; nothing of it is kept."""
    _tell(name, value, scope)


def bound(name, value):
    """A global has been bound to an object that is no tensor, no variable and none of Python's plain values."""
    if _Known.roots.get(name) is value:
        return
    if _is_ours(value):
        _Known.roots[name] = value
        _tell(name, value)
    elif name in _Known.roots:
        del _Known.roots[name]
        _tell(name, None)


def refresh():
    """Something has been built."""
    for name, root in list(_Known.roots.items()):
        _tell(name, root)


def finish(scope):
    """The script has ended: all its globals. Lists of variables and plain variables have told of themselves."""
    for name, value in list(scope.items()):
        if name.startswith("__") or _is(value, (type, type(sys))) or _tapescope.is_tensor(value):
            continue
        if _is(value, (list, tuple)) and all(map(_tapescope.is_variable, value)):
            continue
        if _dictionary(value) is not None or _is(value, (list, tuple, dict)):
            _tell(name, value)
