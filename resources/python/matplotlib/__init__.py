# SPDX-License-Identifier: Apache-2.0
"""Stands in for matplotlib: every call is taken, nothing is drawn, and a note says so once."""
import sys
import types

from matplotlib._silent import Silent

__version__ = "3.10.0"
rcParams = {}


class _Module(types.ModuleType):
    """A part of matplotlib: whatever is asked of it is there."""

    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Silent()


_PARTS = ("animation axes backends backends.backend_agg backends.backend_pdf cbook cm collections colorbar colors "
          "contour dates figure font_manager gridspec image legend lines markers mlab offsetbox patches path "
          "patheffects projections pylab scale style table text ticker transforms tri widgets")
for _part in _PARTS.split():
    sys.modules["matplotlib." + _part] = _Module("matplotlib." + _part)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name == "pyplot":
        import matplotlib.pyplot

        return matplotlib.pyplot
    return sys.modules.get("matplotlib." + name) or Silent()


def use(*arguments, **options):
    pass
