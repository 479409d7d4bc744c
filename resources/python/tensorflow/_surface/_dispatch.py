# SPDX-License-Identifier: Apache-2.0
"""TensorFlow's Python functions are called through a dispatcher, which has its own words for wrong arguments."""

import contextlib
import functools
import inspect

from tensorflow._values._errors import OpError


def dispatched(function):
    @functools.wraps(function)
    def call(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except TypeError:
            _complain(function, args, kwargs)
            raise

    return call


def _complain(function, args, kwargs):
    """Raises the dispatcher's TypeError where the arguments do not fit."""
    signature = inspect.signature(inspect.unwrap(function))
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        unknown = [name for name in kwargs if name not in signature.parameters]
        if unknown:
            raise TypeError(f"Got an unexpected keyword argument '{unknown[0]}'") from None
        if len(args) <= len(signature.parameters):
            raise TypeError("Missing required positional argument") from None


@contextlib.contextmanager
def nameless():
    """TensorFlow's slow path, which a list among the inputs takes, does not say "name: " at the end of a complaint."""
    try:
        yield
    except OpError as error:
        raise type(error)(str(error).removesuffix(" name: ")) from None
