# SPDX-License-Identifier: Apache-2.0
"""keras.tree: nests of lists, tuples and dictionaries."""

import collections

from tensorflow._values import _nest
from tensorflow._values._nest import assert_same_structure, flatten, is_nested, pack_sequence_as


class MAP_TO_NONE:
    """What a function gives traverse() for None."""


def _parts(structure):
    """The children of a nest, each with its key: dictionaries by sorted key but where they have an order."""
    if isinstance(structure, dict):
        keys = list(structure) if isinstance(structure, collections.OrderedDict) else sorted(structure)
        return [(key, structure[key]) for key in keys]
    return list(enumerate(structure))


def _with(structure, children):
    if isinstance(structure, dict):
        fresh = dict(zip([key for key, _ in _parts(structure)], children))
        return _nest._like(structure, [fresh[key] for key in sorted(structure)])
    return _nest._like(structure, children)


def traverse(func, structure, top_down=True):
    def down():
        if not is_nested(structure):
            return structure
        return _with(structure, [traverse(func, child, top_down) for _, child in _parts(structure)])

    inside = structure if top_down else down()
    answer = func(inside)
    if answer is None:
        return down() if top_down else inside
    return None if answer is MAP_TO_NONE else answer


def flatten_with_path(structure):
    if not is_nested(structure):
        return [((), structure)]
    return [((key, *path), leaf) for key, child in _parts(structure) for path, leaf in flatten_with_path(child)]


def map_structure(func, *structures, none_is_leaf=True):
    if none_is_leaf:
        return _nest.map_structure(func, *structures)
    return _nest.map_structure(lambda *leaves: None if leaves[0] is None else func(*leaves), *structures)


def map_structure_up_to(shallow_structure, func, *structures):
    if not structures:
        raise ValueError("Must provide at least one structure")
    if not is_nested(shallow_structure):
        return func(*structures)
    mine = _parts(shallow_structure)
    theirs = [_parts(one) if is_nested(one) else [] for one in structures]
    if any([key for key, _ in parts] != [key for key, _ in mine] for parts in theirs):
        raise ValueError("Structures don't have the same nested structure.")
    return _with(shallow_structure, [map_structure_up_to(child, func, *(parts[place][1] for parts in theirs))
                                     for place, (_, child) in enumerate(mine)])


def assert_same_paths(a, b):
    mine, theirs = ({path for path, _ in flatten_with_path(one)} for one in (a, b))
    if mine == theirs:
        return
    text = "`a` and `b` don't have the same paths."
    for only, one, other in ((mine - theirs, "a", "b"), (theirs - mine, "b", "a")):
        if only:
            text += f"\nPaths in `{one}` missing in `{other}`:\n{only}"
    raise ValueError(text)


def lists_to_tuples(structure):
    return traverse(lambda one: tuple(one) if isinstance(one, list) else None, structure, top_down=False)


def _is_shape(value):
    return isinstance(value, (list, tuple)) and all(isinstance(one, (int, type(None))) for one in value)


def map_shape_structure(func, structure):
    if _is_shape(structure) or not is_nested(structure):
        return func(structure)
    return _with(structure, [map_shape_structure(func, child) for _, child in _parts(structure)])


__all__ = ["MAP_TO_NONE", "assert_same_paths", "assert_same_structure", "flatten", "flatten_with_path", "is_nested",
           "lists_to_tuples", "map_shape_structure", "map_structure", "map_structure_up_to", "pack_sequence_as", "traverse"]
