# SPDX-License-Identifier: Apache-2.0
"""Classes by the names that configurations and strings have for them."""

import functools
import inspect
import re


def snake_case(name):
    name = re.sub(r"\W+", "", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)).lower()


def looked_up(identifier, known, kind, deserialize):
    """What get() of one of Keras' modules makes of None, a name, a configuration, a class or what is one already."""
    if identifier is None:
        return None
    if isinstance(identifier, dict):
        return deserialize(identifier)
    found = known.get(identifier) if isinstance(identifier, str) else identifier
    if not callable(found):
        raise ValueError(f"Could not interpret {kind} identifier: {identifier}")
    return found() if inspect.isclass(found) else found


def from_class_name(config, known, custom_objects):
    return {**known, **(custom_objects or {})}[config["class_name"]].from_config(config["config"])


def named_classes(*classes):
    return {**{one.__name__: one for one in classes}, **{snake_case(one.__name__): one for one in classes}}


def _home_of(path):
    from tensorflow import keras

    return functools.reduce(getattr, path.split("."), keras)


def revived(home, name, config, weights=None):
    """What a pickle or a copy makes of a thing of Keras: the class of this name, or the script's own class."""
    kind = getattr(_home_of(home), name) if isinstance(name, str) else name
    thing = kind.from_config(dict(config))
    if weights is not None:
        thing.load_own_variables(weights)
    return thing


def reduced(thing, home):
    """For `__reduce__`: things of Keras leave as their configurations."""
    kind = type(thing)
    own = getattr(_home_of(home), kind.__name__, None) is kind
    return revived, (home, kind.__name__ if own else kind, thing.get_config())
