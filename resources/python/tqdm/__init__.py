# SPDX-License-Identifier: Apache-2.0
"""Stands in for tqdm: what it is given passes through, and no bar is drawn."""
import sys

from tapescope.standin import Lacking, lacking

__version__ = "4.67.1"


class tqdm(Lacking):
    """The bar that is not there."""

    def __init__(self, iterable=None, desc=None, total=None, leave=True, file=None, disable=False, initial=0,
                 unit="it", **options):
        self.iterable = iterable
        self.desc = desc or ""
        self.n = self.initial = initial
        self.unit, self.leave, self.disable = unit, leave, disable
        self.postfix = None
        if total is None and iterable is not None:
            try:
                total = len(iterable)
            except (TypeError, AttributeError):
                total = None
        self.total = total

    def __iter__(self):
        for item in self.iterable:
            yield item
            self.n += 1

    def __len__(self):
        return self.total if self.iterable is None else len(self.iterable)

    def __bool__(self):
        return self.total > 0 if self.total is not None else self.iterable is not None

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        return None

    def update(self, n=1):
        self.n += n
        return True

    def set_description(self, desc=None, refresh=True):
        self.desc = desc + ": " if desc else ""

    def set_description_str(self, desc=None, refresh=True):
        self.desc = desc or ""

    def set_postfix(self, ordered_dict=None, refresh=True, **values):
        self.postfix = ", ".join(f"{key}={value}" for key, value in {**(ordered_dict or {}), **values}.items())

    def set_postfix_str(self, s="", refresh=True):
        self.postfix = str(s)

    def reset(self, total=None):
        self.n = 0
        self.total = self.total if total is None else total

    def close(self):
        pass

    clear = display = refresh = unpause = lambda self, *arguments, **options: None

    @classmethod
    def write(cls, s, file=None, end="\n", nolock=False):
        (file or sys.stdout).write(str(s) + end)


def trange(*arguments, **options):
    return tqdm(range(*arguments), **options)


tqdm_notebook, tnrange = tqdm, trange
__getattr__ = lacking(globals())
