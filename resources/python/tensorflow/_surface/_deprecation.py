# SPDX-License-Identifier: Apache-2.0
"""What TensorFlow says once of a function that is to go."""

import functools
import sys


def deprecated(module, instructions, name=None):
    """Decorates a function: its first call in a process writes what tensorflow/python/util/deprecation.py logs."""

    def decorate(function):
        told = []

        @functools.wraps(function)
        def call(*args, **kwargs):
            if not told:
                told.append(True)
                caller = sys._getframe(1)
                while caller.f_back is not None and caller.f_code.co_filename.startswith("<tensorflow/"):
                    caller = caller.f_back
                place = f"{caller.f_code.co_filename}:{caller.f_lineno}"
                sys.stderr.write(
                    f"WARNING:tensorflow:From {place}: {name or function.__name__} (from tensorflow.python.{module}) is "
                    "deprecated and will be removed in a future version.\n"
                    f"Instructions for updating:\n{instructions}\n"
                )
            return function(*args, **kwargs)

        return call

    return decorate
