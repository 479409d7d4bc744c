# SPDX-License-Identifier: Apache-2.0
"""A zip that remembers what it was made of, so that what it drops can be named. Python's own in every other way."""

import builtins

import _tapescope

_python_zip = builtins.zip
zip = _tapescope.zip


def leftovers(pairs_argument, used):
    """(lengths, gradients and variables left over, site) of a zip given to apply_gradients; nothing for other things."""
    operands = getattr(pairs_argument, "_operands", None)
    if operands is None:
        return [], [], [], -1
    first, second = operands
    lengths = [len(operand) if hasattr(operand, "__len__") else -1 for operand in operands]
    return (
        lengths,
        first[used:] if isinstance(first, (list, tuple)) else [],
        second[used:] if isinstance(second, (list, tuple)) else [],
        pairs_argument._site,
    )
