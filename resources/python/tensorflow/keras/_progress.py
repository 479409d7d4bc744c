# SPDX-License-Identifier: Apache-2.0
"""The line that Keras prints of an epoch's progress: keras/src/utils/progbar.py."""

import math
import sys
import time

import numpy

_WIDTH = 20


class Progress:
    def __init__(self, target, verbose):
        self._target, self._verbose = target, verbose
        self._start = time.time()
        self._last = 0.0
        self._printed = 0

    def update(self, current, values, final):
        now = time.time()
        each = (now - self._start) / max(current, 1)
        if self._verbose == 1:
            if now - self._last < 0.05 and not final:
                return
            self._bar(current, values, final, now, each)
        elif self._verbose == 2 and final:
            count = f"{current}/{self._target or current}"
            sys.stdout.write(f"{count} - {now - self._start:.0f}s -{_duration(each)}{_listed(values)}\n")
        self._last = now

    def _bar(self, current, values, final, now, each):
        hidden, target = 0, self._target
        if target:
            count = f"{current:{int(math.log10(target)) + 1}d}/{target}"
            full = int(_WIDTH * current / target)
            done = f"\33[32m{'━' * full}\x1b[0m" if full else ""
            bar = f"\x1b[1m{count}\x1b[0m {done}\33[37m{'━' * (_WIDTH - full)}\x1b[0m"
            hidden = 8 + 9 + (9 if full else 0)
        else:
            bar = f"{current:7d}/Unknown"
        left = each * (target - current) if target and not final else now - self._start
        shown = f"{left:.0f}s" if not (target and not final) else _remaining(left)
        info = f" \x1b[1m{shown}\x1b[0m{_duration(each)}{_listed(values)}"
        width = len(bar) + len(info) - hidden - 8
        text = "\b" * self._printed + "\r" + bar + info + " " * max(0, self._printed - width) + ("\n" if final else "")
        sys.stdout.write(text)
        self._printed = width


def _remaining(seconds):
    if seconds > 3600:
        return f"{seconds // 3600:.0f}:{seconds % 3600 // 60:02.0f}:{seconds % 60:02.0f}"
    return f"{seconds // 60:.0f}:{seconds % 60:02.0f}" if seconds > 60 else f"{int(seconds)}s"


def _duration(seconds):
    if seconds >= 1 or seconds == 0:
        return f" {seconds:.0f}s/step"
    return f" {seconds * 1e3:.0f}ms/step" if seconds >= 1e-3 else f" {seconds * 1e6:.0f}us/step"


def _listed(values):
    parts = []
    for name, value in (values or {}).items():
        value = float(numpy.mean(value))
        parts.append(f" - {name}: {value:.4f}" if abs(value) > 1e-3 else f" - {name}: {value:.4e}")
    return "".join(parts)
