# SPDX-License-Identifier: Apache-2.0
"""tf.nest: lists, tuples, named tuples and mappings (by sorted key) of anything."""

import collections
import collections.abc

import _tapescope

_is_tensor = _tapescope.is_tensor

_VALUES = (collections.abc.KeysView, collections.abc.ValuesView, collections.abc.ItemsView)
_PLAIN = (list, tuple, dict)


class _Dot:
    """Stands for a leaf where only the structure is told."""

    def __repr__(self):
        return "."


def _is_nest(value):
    if isinstance(value, _PLAIN):
        return True
    if value is None or isinstance(value, (str, bytes, int, float)) or _is_tensor(value):
        return False
    return isinstance(value, (collections.abc.Mapping, collections.abc.Sequence) + _VALUES)


def _is_mapping(value):
    return isinstance(value, dict) or (not isinstance(value, (list, tuple)) and isinstance(value, collections.abc.Mapping))


def is_namedtuple(value):
    return isinstance(value, tuple) and hasattr(value, "_fields")


def is_nested(seq):
    return _is_nest(seq)


def _children(structure):
    if _is_mapping(structure):
        return [structure[key] for key in sorted(structure)]
    return structure


def _gather(structure, leaves):
    if not _is_nest(structure):
        leaves.append(structure)
        return
    for child in _children(structure):
        _gather(child, leaves)


def _is_flat(structure):
    """A list of tensors and variables, which nearly all structures are that training asks about."""
    if type(structure) is not list:
        return False
    for item in structure:
        if not _is_tensor(item):
            return False
    return True


def flatten(structure, expand_composites=False):
    if _is_tensor(structure):
        return [structure]
    if _is_flat(structure):
        return structure[:]
    leaves = []
    _gather(structure, leaves)
    if expand_composites:
        return [part for leaf in leaves for part in (leaf._components() if hasattr(leaf, "_components") else [leaf])]
    return leaves


def flatten_with_tuple_paths(structure):
    """Pairs of a path and a leaf; mappings by sorted key."""
    if not _is_nest(structure):
        return [((), structure)]
    if _is_mapping(structure):
        items = [(key, structure[key]) for key in sorted(structure)]
    elif is_namedtuple(structure):
        items = list(zip(structure._fields, structure))
    else:
        items = list(enumerate(structure))
    return [((key,) + path, leaf) for key, child in items for path, leaf in flatten_with_tuple_paths(child)]


def _like(structure, children):
    """A structure of the same type with these children, which come in the order of flatten()."""
    if _is_mapping(structure):
        packed = dict(zip(sorted(structure), children))
        if isinstance(structure, collections.defaultdict):
            result = collections.defaultdict(structure.default_factory)
            result.update((key, packed[key]) for key in structure)
            return result
        return type(structure)((key, packed[key]) for key in structure)
    if is_namedtuple(structure):
        return type(structure)(*children)
    if isinstance(structure, _VALUES + (range,)):
        return list(children)
    return type(structure)(children)


def _packed(structure, leaves):
    if not _is_nest(structure):
        return next(leaves)
    return _like(structure, [_packed(child, leaves) for child in _children(structure)])


def _short(value):
    text = str(value)
    return text[:100] + (text[100:] and "...")


def pack_sequence_as(structure, flat_sequence, expand_composites=False):
    if type(flat_sequence) is list and _is_flat(structure) and len(structure) == len(flat_sequence):
        return flat_sequence[:]
    if not _is_nest(flat_sequence):
        raise TypeError(
            f"Attempted to pack value:\n  {_short(flat_sequence)}\ninto a structure, but found incompatible type "
            f"`{type(flat_sequence)}` instead."
        )
    if not _is_nest(structure):
        if len(flat_sequence) != 1:
            raise ValueError(
                f"The target structure is of type `{type(structure)}`\n  {_short(structure)}\nHowever the input is a "
                f"sequence ({type(flat_sequence)}) of length {len(flat_sequence)}.\n  {_short(flat_sequence)}\n"
                "nest cannot guarantee that it is safe to map one to the other."
            )
        return flat_sequence[0]
    count = len(flatten(structure))
    if count != len(flat_sequence):
        raise ValueError(
            f"Could not pack sequence. Structure had {count} atoms, but flat_sequence had {len(flat_sequence)} items.  "
            f"Structure: {structure}, flat_sequence: {flat_sequence}."
        )
    return _packed(structure, iter(flat_sequence))


# ---- the same structure


def _told(value):
    return f"type={type(value).__name__} str={str(value)}"


def _type_difference(a, b):
    """What is wrong with the types of two nested things, or nothing."""
    if is_namedtuple(a) and is_namedtuple(b):
        if type(a).__name__ == type(b).__name__ and a._fields == b._fields:
            return None
    elif type(a) is type(b) or (_is_mapping(a) and _is_mapping(b)):
        return None
    elif {type(a), type(b)} == {list, range}:
        return None
    return (
        f"The two namedtuples don't have the same sequence type. First structure {_told(a)} has type "
        f"{type(a).__name__}, while second structure {_told(b)} has type {type(b).__name__}"
    )


def _difference(a, b, check_types):
    """The first difference in structure, as an exception; or nothing."""
    if _is_nest(a) != _is_nest(b):
        nested, leaf = (a, b) if _is_nest(a) else (b, a)
        return ValueError(
            f'Substructure "{_told(nested)}" is a sequence, while substructure "{_told(leaf)}" is not'
        )
    if not _is_nest(a):
        return None
    if check_types:
        text = _type_difference(a, b)
        if text is not None:
            return TypeError(text)
        if _is_mapping(a) and set(a) != set(b):
            return ValueError(
                "The two dictionaries don't have the same set of keys. First structure has keys "
                f"{_told(list(a))}, while second structure has keys {_told(list(b))}"
            )
    mine, theirs = list(_children(a)), list(_children(b))
    if len(mine) != len(theirs):
        return ValueError(
            f"The two structures don't have the same number of elements. First structure: {_told(a)}. "
            f"Second structure: {_told(b)}"
        )
    for one, other in zip(mine, theirs):
        found = _difference(one, other, check_types)
        if found is not None:
            return found
    return None


def assert_same_structure(nest1, nest2, check_types=True, expand_composites=False):
    found = _difference(nest1, nest2, check_types)
    if found is None:
        return
    first = map_structure(lambda _: _Dot(), nest1)
    second = map_structure(lambda _: _Dot(), nest2)
    raise type(found)(
        "The two structures don't have the same nested structure.\n\n"
        f"First structure: {_told(nest1)}\n\nSecond structure: {_told(nest2)}\n\nMore specifically: {found}\n"
        f"Entire first structure:\n{first}\nEntire second structure:\n{second}"
    )


def map_structure(func, *structure, **kwargs):
    if not callable(func):
        raise TypeError(f"func must be callable, got: {func}")
    if not structure:
        raise ValueError("Must provide at least one structure")
    if not kwargs and len(structure) == 1 and _is_tensor(structure[0]):
        return func(structure[0])
    check_types = kwargs.pop("check_types", True)
    kwargs.pop("expand_composites", False)
    if kwargs:
        raise ValueError(
            "Only valid keyword arguments are `check_types` and `expand_composites`, not: `%s`" % "`, `".join(kwargs)
        )
    for other in structure[1:]:
        assert_same_structure(structure[0], other, check_types=check_types)
    flat = [flatten(one) for one in structure]
    return _packed(structure[0], iter([func(*(leaves[i] for leaves in flat)) for i in range(len(flat[0]))]))
