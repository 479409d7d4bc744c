# SPDX-License-Identifier: Apache-2.0
"""Series.str: what a column of texts can be asked, item by item; what is missing stays missing."""
import re

import numpy as np

from pandas._values import array_of, objects
from tapescope.standin import Lacking


def _asked(name):
    def ask(self, *arguments):
        return self._of(lambda text: getattr(text, name)(*arguments))

    ask.__name__ = name
    return ask


class StringMethods(Lacking):
    def __init__(self, series):
        if series.dtype != object or not all(isinstance(one, (str, list)) or one is None or one != one for one in series.values):
            raise AttributeError("Can only use .str accessor with string values!")
        self._series = series

    lower, upper, title, capitalize, swapcase = map(_asked, "lower upper title capitalize swapcase".split())
    strip, lstrip, rstrip, zfill = map(_asked, "strip lstrip rstrip zfill".split())

    def _of(self, ask):
        made = self._series.values.copy()
        for place, one in enumerate(made):
            made[place] = ask(one) if isinstance(one, (str, list)) else one
        return self._series._like(made)

    def _told(self, ask, missing):
        """Numbers or truths: plain where nothing is missing."""
        given = self._series.values.tolist()
        told = [ask(one) if isinstance(one, (str, list)) else missing(one) for one in given]
        return self._series._like(array_of(told) if told else objects(told))

    def len(self):
        return self._told(len, lambda one: np.nan)

    def _truths(self, ask, na):
        mixed = na is None and not all(isinstance(one, str) for one in self._series.values)
        result = self._told(ask, lambda one: one if na is None else na)
        return self._series._like(objects(result.values.tolist())) if mixed else result

    def contains(self, pat, case=True, flags=0, na=None, regex=True):
        pattern = re.compile(pat if regex else re.escape(pat), flags if case else flags | re.IGNORECASE)
        return self._truths(lambda text: pattern.search(text) is not None, na)

    def startswith(self, pat, na=None):
        return self._truths(lambda text: text.startswith(pat), na)

    def endswith(self, pat, na=None):
        return self._truths(lambda text: text.endswith(pat), na)

    def replace(self, pat, repl, n=-1, case=True, flags=0, regex=False):
        pattern = re.compile(pat if regex else re.escape(pat), flags if case else flags | re.IGNORECASE)
        change = repl if regex or callable(repl) else lambda match: repl
        return self._of(lambda text: pattern.sub(change, text, max(n, 0)))

    def split(self, pat=None, *, n=-1):
        return self._of(lambda text: text.split(pat, n if n else -1))

    def get(self, i):
        return self._of(lambda one: one[i] if -len(one) <= i < len(one) else np.nan)

    def __getitem__(self, key):
        return self._of(lambda one: one[key]) if isinstance(key, slice) else self.get(key)
