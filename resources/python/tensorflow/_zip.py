# SPDX-License-Identifier: Apache-2.0
"""A zip that remembers what it was made of, so that what it drops can be named. Python's own in every other way."""

import builtins

import _tapescope

_python_zip = builtins.zip


def _holds_tensors(operand):
    if not isinstance(operand, (list, tuple)):
        return False
    return any(item is None or _tapescope.is_tensor(item) for item in operand[:1])


class zip(_python_zip):
    __module__ = "builtins"

    def __new__(cls, *iterables, **options):
        made = _python_zip.__new__(cls, *iterables, **options)
        if len(iterables) == 2 and _holds_tensors(iterables[0]):
            made._operands = tuple(iterables)
            made._site = _tapescope.here()
        return made


def leftovers(pairs_argument, used):
    """(lengths, gradients and variables left over, site) of a zip given to apply_gradients; nothing for other things."""
    operands = getattr(pairs_argument, "_operands", None)
    if operands is None:
        return [], [], [], -1
    lengths = [len(operand) if hasattr(operand, "__len__") else -1 for operand in operands]
    rest = [list(operand[used:]) if isinstance(operand, (list, tuple)) else [] for operand in operands]
    return lengths, rest[0], rest[1], pairs_argument._site
