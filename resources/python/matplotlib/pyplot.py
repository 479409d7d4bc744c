# SPDX-License-Identifier: Apache-2.0
"""Stands in for matplotlib.pyplot."""
from matplotlib import rcParams
from matplotlib._silent import Silent, hist, limits as xlim, limits as ylim, mosaic as subplot_mosaic, plot, subplots


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Silent()
