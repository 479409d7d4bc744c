# SPDX-License-Identifier: Apache-2.0
"""A function of TensorFlow's that runs several operations is one thing to a person: it is shown as one, and opens."""

import _tapescope


class fold:
    __slots__ = ("name",)

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        _tapescope.begin_fold(self.name)

    def __exit__(self, kind, value, traceback):
        _tapescope.end_fold()


def folded(name):
    """Decorates a function whose operations make one fold."""

    def decorate(function):
        def call(*args, **kwargs):
            _tapescope.begin_fold(name)
            try:
                return function(*args, **kwargs)
            finally:
                _tapescope.end_fold()

        call.__name__ = call.__qualname__ = function.__name__
        call.__doc__, call.__module__ = function.__doc__, function.__module__
        call.__wrapped__ = function
        return call

    return decorate
