# SPDX-License-Identifier: Apache-2.0
"""The configuration of a layer whose class does not say one: the arguments that it was made with, where they are plain."""

import inspect
import textwrap

from tensorflow._values import _nest

_EXAMPLE = """
class CustomLayer(keras.layers.Layer):
    def __init__(self, arg1, arg2, **kwargs):
        super().__init__(**kwargs)
        self.arg1 = arg1
        self.arg2 = arg2

    def get_config(self):
        config = super().get_config()
        config.update({
            "arg1": self.arg1,
            "arg2": self.arg2,
        })
        return config
"""


def _arguments(layer):
    """By name, defaults with them; None where they cannot be given back that way."""
    signature = inspect.signature(type(layer).__init__)
    kinds = {name: one.kind for name, one in signature.parameters.items()}
    own = next(iter(kinds))
    args, kwargs = layer._made_with
    try:
        bound = signature.bind(None, *args, **kwargs)
    except TypeError:
        return None
    if any(kind is inspect.Parameter.POSITIONAL_ONLY for name, kind in kinds.items() if name != own):
        return None
    bound.apply_defaults()
    found = {name: value for name, value in bound.arguments.items() if name != own}
    for name, kind in kinds.items():
        if kind is inspect.Parameter.VAR_KEYWORD:
            found.update(found.pop(name, {}))
        elif kind is inspect.Parameter.VAR_POSITIONAL and found.pop(name, ()):
            return None
    found.pop("name", None)
    plain = all(isinstance(value, (str, int, float, bool, type(None))) for value in _nest.flatten(found))
    return found if plain else None


def config_of(layer, config):
    found = _arguments(layer)
    if found is None:
        raise NotImplementedError(
            f"\nObject {type(layer).__name__} was created by passing\nnon-serializable argument values in `__init__()`,\nand "
            "therefore the object must override `get_config()` in\norder to be serializable. Please implement `get_config()`.\n\n"
            f"Example:\n\n{textwrap.indent(_EXAMPLE, ' ' * 12)}            "
        )
    config = {**config, **found}
    parameters = inspect.signature(type(layer).__init__).parameters
    takes_more = "kwargs" in parameters and parameters["kwargs"].kind is inspect.Parameter.VAR_KEYWORD
    if "name" not in parameters and not takes_more:
        config.pop("name")
    return config
