# SPDX-License-Identifier: Apache-2.0
"""Where Keras is: the names around a variable that is made, the outermost call of a layer, and whether only shapes are
asked for."""

import _tapescope

from tensorflow._running import _module


class State:
    names = []  # the open name scopes, outermost first
    call = None  # the CallContext of the outermost layer that is being called
    built_something = False  # since the last outermost call
    autocasting, autocast = False, None  # a layer says which dtype variables are read as, and that dtype
    inferring = 0  # how many inferences of shapes are going on; nothing changes meanwhile


class Autocast:
    """Floats of variables are read as this dtype inside; as their own with None."""

    def __init__(self, dtype):
        self.dtype = dtype

    def __enter__(self):
        self._before = State.autocasting, State.autocast
        State.autocasting, State.autocast = True, self.dtype
        _tapescope.autocast(self.dtype)

    def __exit__(self, kind, value, traceback):
        State.autocasting, State.autocast = self._before
        _tapescope.autocast(State.autocast)
        return False


def check_name(name, before="", after=""):
    if not isinstance(name, str) or "/" in name:
        raise ValueError(f"Argument `name` must be a string and {before}cannot contain character `/`. Received: name={name}{after}")


class name_scope:
    """Variables made inside have the name in their path. The scope of a layer that was called before stands where it stood
    then, and one inside itself is the same."""

    def __init__(self, name, caller=None, parent=None):
        check_name(name)
        self.name = name
        self.caller = caller
        self.parent = parent
        self._entered = []

    def __enter__(self):
        open_ones = State.names
        last = open_ones[-1] if open_ones else None
        again = last is not None and self.caller is not None and last.caller is self.caller and last.name == self.name
        if not again:
            _module._enter(current_path(self) + "/")  # may fail of a name that is none, before anything has been entered
            open_ones.append(self)
        self._entered.append(not again)
        return self

    def __exit__(self, kind, value, traceback):
        if self._entered.pop():
            State.names.pop()
            path = current_path()
            _module._enter(path + "/" if path else "")
        return False


def current_path(*further):
    parts = []
    for scope in (*State.names, *further):
        if scope.parent is not None:
            parts = [part for part in scope.parent.split("/") if part]
        parts.append(scope.name)
    return "/".join(parts)
