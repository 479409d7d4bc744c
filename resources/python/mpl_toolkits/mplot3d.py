# SPDX-License-Identifier: Apache-2.0
"""Stands in for three-dimensional plots."""
from matplotlib._silent import Silent

Axes3D = Silent


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Silent()
