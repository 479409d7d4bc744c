# SPDX-License-Identifier: Apache-2.0
"""tf.nest: lists, tuples and dicts (by sorted key) of anything."""

_VALUES = type({}.values())


def _is_nest(value):
    return isinstance(value, (list, tuple, dict, _VALUES))


def flatten(structure, expand_composites=False):
    if isinstance(structure, dict):
        return [leaf for key in sorted(structure) for leaf in flatten(structure[key])]
    if _is_nest(structure):
        return [leaf for item in structure for leaf in flatten(item)]
    return [structure]


def _packed(structure, leaves):
    if isinstance(structure, dict):
        packed = {key: _packed(structure[key], leaves) for key in sorted(structure)}
        return type(structure)((key, packed[key]) for key in structure)
    if isinstance(structure, tuple):
        items = [_packed(item, leaves) for item in structure]
        return type(structure)(*items) if hasattr(structure, "_fields") else tuple(items)
    if _is_nest(structure):
        return [_packed(item, leaves) for item in structure]
    return next(leaves)


def pack_sequence_as(structure, flat_sequence, expand_composites=False):
    return _packed(structure, iter(flat_sequence))


def map_structure(func, *structure, **kwargs):
    flat = [flatten(one) for one in structure]
    return pack_sequence_as(structure[0], [func(*leaves) for leaves in zip(*flat)])


def is_nested(value):
    return _is_nest(value)
