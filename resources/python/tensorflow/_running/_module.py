# SPDX-License-Identifier: Apache-2.0
"""tf.Module and tf.name_scope."""

import functools
import re
import sys

from tensorflow._values import _nest

_VALID = re.compile(r"^[a-zA-Z_]([a-zA-Z0-9_])*$")
_CAMEL = re.compile(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))")
_OWN = ("_name", "_name_scope")


class _Scope:
    name = ""


def current_scope():
    return _Scope.name


def _enter(name):
    _Scope.name = name


class name_scope:
    """Names of variables begin with it; a name that ends with "/" is a whole path."""

    def __init__(self, name):
        if not isinstance(name, str):
            raise ValueError("name for name_scope must be a string.")
        self._name = name
        self._outer = []

    @property
    def name(self):
        return self._name

    def __enter__(self):
        outer = _Scope.name
        self._outer.append(outer)
        if not self._name:
            inner = ""
        elif self._name.endswith("/"):
            inner = self._name
        else:
            inner = outer + self._name + "/"
        _enter(inner)
        return inner

    def __exit__(self, kind, value, traceback):
        _enter(self._outer.pop())
        return False


name_scope.__name__ = name_scope.__qualname__ = "name_scope_v2"
name_scope.__module__ = "tensorflow.python.framework.ops"


def get_current_name_scope():
    return _Scope.name.rstrip("/")


def _is_variable(leaf):
    return isinstance(leaf, sys.modules["tensorflow"].Variable)


def _found(module, wanted, seen, stack):
    """Leaves of the attributes, by sorted name, and then those of the modules among them, each once."""
    inside = []
    recursive = id(module) not in stack
    attributes = vars(module)
    for key in sorted(attributes):
        if key in _OWN:
            continue
        try:
            leaves = _nest.flatten(attributes[key])
        except Exception as cause:
            raise ValueError(f"Error processing property {key!r} of {attributes[key]!r}") from cause
        for leaf in leaves:
            identity = leaf._id if _is_variable(leaf) else id(leaf)
            if (type(leaf), identity) in seen:
                continue
            seen.add((type(leaf), identity))
            if wanted(leaf):
                yield leaf
            if recursive and isinstance(leaf, Module):
                inside.append(leaf)
    for one in inside:
        yield from _found(one, wanted, seen, stack + [id(module)])


class Module:
    def __init__(self, name=None):
        if name is None:
            name = _CAMEL.sub(r"_\1", type(self).__name__).lower()
        elif not _VALID.match(name):
            raise ValueError(
                f"{name!r} is not a valid module name. Module names must be valid Python identifiers "
                "(e.g. a valid class name)."
            )
        self._name = name
        with name_scope(name) as path:
            self._name_scope = name_scope(path)

    @property
    def name(self):
        return self._name

    @property
    def name_scope(self):
        return self._name_scope

    def _flatten(self, recursive=True, predicate=None, **kwargs):
        wanted = predicate or (lambda leaf: True)
        if recursive:
            return _found(self, wanted, {(type(self), id(self))}, [])
        return (leaf for leaf in _nest.flatten([vars(self)[key] for key in sorted(vars(self))]) if wanted(leaf))

    @property
    def variables(self):
        return tuple(self._flatten(predicate=_is_variable))

    @property
    def trainable_variables(self):
        return tuple(self._flatten(predicate=lambda leaf: _is_variable(leaf) and leaf.trainable))

    @property
    def non_trainable_variables(self):
        return tuple(self._flatten(predicate=lambda leaf: _is_variable(leaf) and not leaf.trainable))

    @property
    def submodules(self):
        return tuple(self._flatten(predicate=lambda leaf: isinstance(leaf, Module)))

    @classmethod
    def with_name_scope(cls, method):
        @functools.wraps(method)
        def scoped(self, *args, **kwargs):
            with self.name_scope:
                return method(self, *args, **kwargs)

        return scoped


Module.__module__ = "tensorflow.python.module.module"
