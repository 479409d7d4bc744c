# SPDX-License-Identifier: Apache-2.0
"""Stands in for seaborn: every call is taken, nothing is drawn, and a note says so once."""
from matplotlib._silent import Silent

__version__ = "0.13.2"


def set(*arguments, **options):
    pass


set_theme = set_style = set_palette = set_context = despine = set


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return Silent()
