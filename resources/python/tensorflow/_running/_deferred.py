# SPDX-License-Identifier: Apache-2.0
"""What a checkpoint keeps of objects, part by part by their names, and what waits for parts that a module makes later."""

import weakref

import numpy

from tensorflow._running import _module

_KEY = "/.ATTRIBUTES/VARIABLE_VALUE"


class Node:
    """A variable's value, a list of values of an object that is not looked into, or parts by their names."""

    def __init__(self, thing, met):
        met[id(thing)] = self
        self.value, self.title, self.values, self.parts = None, "", None, {}
        if _is_variable(thing):
            self.value, self.title = numpy.array(thing.numpy()), _title(thing)
        elif is_open(thing):
            self.parts = {name: met.get(id(part)) or Node(part, met) for name, part in parts(thing) if _holds(part)}
        else:
            self.values = [(name, numpy.array(one.numpy())) for name, one in named_variables(thing)]

    def rows(self):
        """(path, node or name, value) of all variables, each by its shortest path."""
        met, level = {id(self)}, [((), self)]
        while level:
            following = []
            for path, node in level:
                if node.value is not None:
                    yield path, node.title, node.value
                for name, value in node.values or ():
                    yield (*path, name), name, value
                for name, part in node.parts.items():
                    if id(part) not in met:
                        met.add(id(part))
                        following.append(((*path, name), part))
            level = following

    def closed(self):
        """Whether it holds what is not looked into, but for optimizers and tables."""
        met, left = set(), [self]
        while left:
            node = left.pop()
            if id(node) not in met:
                met.add(id(node))
                left += node.parts.values()
                if node.values is not None and not all(name.startswith(("_", "table-")) for name, _ in node.values):
                    return True
        return False


def key(path):
    if path[-1] in ("table-keys", "table-values"):
        return "/".join(path[:-1]) + "/.ATTRIBUTES/" + path[-1]
    return "/".join(path) + _KEY


def _title(variable):
    return getattr(variable, "name", "Variable").partition(":")[0]


def _is_variable(thing):
    return hasattr(thing, "assign") and hasattr(thing, "numpy")


def is_open(thing):
    return _is_checkpoint(thing) or isinstance(thing, (_module.Module, dict, list, tuple)) and not hasattr(thing, "_flatten_layers")


def _is_checkpoint(thing):
    return hasattr(type(thing), "save_counter")


def named_variables(thing):
    """(name, variable) of an object that is not looked into. Keras 2's optimizers have their rate beside their own list, and
    Nadam its product, which is made after all others."""
    if hasattr(thing, "_kept_parts"):
        return thing._kept_parts()
    found = getattr(thing, "variables", ())
    found = [one for one in (found() if callable(found) else found) if _is_variable(one)]
    if not hasattr(thing, "apply_gradients") or hasattr(thing, "_flatten_layers"):
        return [(_title(one), one) for one in found]
    rate = vars(thing).get("_learning_rate")
    rows = [("_learning_rate" if one is rate else f"_variables/{place}" if place else "_iterations", one)
            for place, one in enumerate(found)]
    if _is_variable(rate) and all(one is not rate for one in found):
        rows.insert(1, ("_learning_rate", rate))
    return [*rows, ("_u_product", thing._u_product)] if hasattr(thing, "_u_product_counter") else rows


def variables(thing):
    return [variable for _, variable in named_variables(thing)]


def parts(thing):
    if _is_checkpoint(thing):
        return [*thing._parts.items(), ("save_counter", thing.save_counter)]
    if isinstance(thing, _module.Module):
        return [(name, value) for name, value in vars(thing).items() if name not in _module._OWN]
    if isinstance(thing, dict):
        return [(name, value) for name, value in thing.items() if isinstance(name, str)]
    return [(str(place), value) for place, value in enumerate(thing)]


def _holds(part):
    return _is_variable(part) or is_open(part) or hasattr(part, "_kept_parts") or bool(getattr(part, "variables", ()))


# ---- back


_waiting = {}  # by id() of a module: by name, the nodes of parts that it does not have yet, and the restoring


class Restoring:
    """What one restore() has done so far."""

    def __init__(self, root):
        self.root, self.done, self._met = root, set(), set()

    def put(self, thing, node):
        """Gives a thing what was kept of it; modules wait for parts that they make later."""
        if (id(thing), id(node)) in self._met:
            return
        self._met.add((id(thing), id(node)))
        if _is_variable(thing):
            if node.value is not None:
                thing.assign(node.value)
                self.done |= {id(node), id(thing)}
        elif is_open(thing):
            self.done.add(id(node))
            have = dict(parts(thing))
            for name, part in node.parts.items():
                if name in have:
                    self.put(have[name], part)
                elif isinstance(thing, _module.Module):
                    _wait(thing, name, (self, part))
                elif not _is_checkpoint(thing):
                    raise NotImplementedError(
                        f"Checkpoint.restore(): the checkpoint has a value for {name!r} of a {type(thing).__name__} that has no such "
                        "item yet, and values for items that come later are not kept here; add it before restore()")
        elif node.values is not None:
            self._fill(thing, node)

    def _fill(self, thing, node):
        own, values = variables(thing), [value for _, value in node.values]
        waits = hasattr(thing, "apply_gradients") and not hasattr(thing, "inner_optimizer")
        if len(own) < len(values) and not waits:
            raise NotImplementedError(
                f"Checkpoint.restore(): {type(thing).__name__} has {len(own)} of the {len(values)} variables that were saved, and "
                "values for those that are made later are not kept here; build it first (call the model once)")
        for variable, value in zip(own, values):
            variable.assign(value)
            self.done.add(id(variable))
        if len(own) < len(values):  # of an optimizer, which makes the others later in their order
            thing.__dict__["_restoring"] = values[len(own):]

    def unbound(self, parts_of):
        """Variables of the script's, found as TensorFlow finds them, that nothing was kept for."""
        met, level, found = set(), list(parts_of), []
        while level:
            following = []
            for thing in level:
                if id(thing) in met:
                    continue
                met.add(id(thing))
                if _is_variable(thing):
                    found += [] if id(thing) in self.done else [thing]
                elif is_open(thing):
                    following += [part for _, part in parts(thing) if _holds(part)]
            level = following
        return found

    def unresolved(self):
        """The path and the name of the first value that nothing of the script's has taken."""
        for path, title, value in self.root.rows():
            node = self.root
            for name in path:
                node = node.parts.get(name) if node is not None else None
            if node is not None and node.value is not None and id(node) not in self.done:
                return path, title
        return None


def _wait(module, name, what):
    if id(module) not in _waiting:
        weakref.finalize(module, _waiting.pop, id(module))
    _waiting.setdefault(id(module), {})[name] = what
    _module.Module.__setattr__ = _set


def _set(self, name, value):
    """Takes the place of object's only once a module waits."""
    object.__setattr__(self, name, value)
    waiting = _waiting.get(id(self), {})
    if name in waiting and _holds(value):
        restoring, node = waiting.pop(name)
        restoring.put(value, node)
