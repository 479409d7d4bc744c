# SPDX-License-Identifier: Apache-2.0
"""reduce_retracing: kinds of arguments that hold for any size of the dimensions in which calls differed."""

import sys

from tensorflow._values import _nest


def _fits(one, wide):
    return one == wide or (_alike(one, wide) and all(b is None or a == b for a, b in zip(one[2], wide[2])))


def _alike(one, other):
    """Tensors of a dtype and a rank."""
    return (isinstance(one, tuple) and isinstance(other, tuple) and one[0] == other[0] == "tensor" and one[1] == other[1]
            and len(one[2]) == len(other[2]))


def _joined(one, other):
    if one == other:
        return one
    return (one[0], one[1], tuple(a if a == b else None for a, b in zip(one[2], other[2])))


def wider(kind, seen):
    """The kind that a call is of: one that is there, or one that holds for it and for the calls before."""
    if kind in seen:
        return kind
    for known in seen:
        if len(known) == len(kind) and all(map(_fits, kind, known)):
            return known
    for known in reversed(seen):
        if len(known) == len(kind) and all(a == b or _alike(a, b) for a, b in zip(kind, known)):
            return tuple(map(_joined, kind, known))
    return kind


def specs(args, kind):
    """What is known of positional arguments that are tensors or nests of them."""
    tf, leaves = sys.modules["tensorflow"], iter(kind[1:])

    def spec(leaf):
        own = next(leaves, None)
        return tf.TensorSpec(own[2], own[1]) if own is not None and own[0] == "tensor" else leaf

    return tuple(_nest.map_structure(spec, one) for one in args)
