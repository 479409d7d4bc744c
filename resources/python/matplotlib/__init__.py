# SPDX-License-Identifier: Apache-2.0
"""Stands in for matplotlib: every call is taken, nothing is drawn, and a note says so once."""
import sys
import types

from matplotlib._silent import Silent

__version__ = "3.10.0"


class _Cycle:
    """The colours that lines have one after another."""

    _colours = "1f77b4 ff7f0e 2ca02c d62728 9467bd 8c564b e377c2 7f7f7f bcbd22 17becf"

    def by_key(self):
        return {"color": ["#" + colour for colour in self._colours.split()]}

    def __iter__(self):
        return iter([{"color": colour} for colour in self.by_key()["color"]])

    def __len__(self):
        return 10


rcParams = {"axes.prop_cycle": _Cycle(), "figure.figsize": [6.4, 4.8], "figure.dpi": 100.0, "font.size": 10.0,
            "lines.linewidth": 1.5, "image.cmap": "viridis"}


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
