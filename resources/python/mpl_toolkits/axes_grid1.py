# SPDX-License-Identifier: Apache-2.0
"""Stands in for grids of plots."""
from matplotlib._silent import Silent


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Silent()
