# SPDX-License-Identifier: Apache-2.0
"""What a tensor has beside its value and its operators: a part of a variable can be assigned to."""

import collections

import _tapescope

from tensorflow._values._reference import ref

EagerTensor = _tapescope.EagerTensor

# A part of a variable can be assigned to while it is new: v[1:].assign(x).
_SLICES = collections.OrderedDict()
_KEPT_SLICES = 64


def sliced_from(variable, index, part):
    """Notes that a tensor is variable[index]."""
    _SLICES[part._id] = (variable, index)
    if len(_SLICES) > _KEPT_SLICES:
        _SLICES.popitem(last=False)
    return part


def _unknown(self, name):
    raise AttributeError(f"'tensorflow.python.framework.ops.EagerTensor' object has no attribute '{name}'")


_beside = getattr(EagerTensor, "__getattr__", _unknown)


def _getattr(self, name):
    if name == "assign" and self._id in _SLICES:
        from tensorflow._taping import _variable_parts

        return _variable_parts.part_assigner(*_SLICES[self._id])
    return _beside(self, name)


def _same(self, *_):
    return self


def _gpu(self, gpu_index=0):
    raise RuntimeError(f"GPU:{gpu_index} unknown device.")


def _round(self, *digits):
    return self.astype


def name_properties(cls):
    """Lets properties that were not made in a class statement name themselves in errors."""
    for name, member in vars(cls).items():
        if isinstance(member, property):
            member.__set_name__(cls, name)


def _mask(self):
    from tensorflow.keras import _masks

    mask = _masks.of(self)
    if mask is None:
        raise AttributeError
    return mask


def _set_mask(self, mask):
    from tensorflow.keras import _masks

    _masks.put(self, mask)


def _revived(value):
    return _tapescope.tensor(value, None)


def _reduce(self, *_):
    return _revived, (self.numpy(),)


def install():
    for name, member in {
        "__getattr__": _getattr,
        "gpu": _gpu,
        "ref": ref,
        "experimental_ref": ref,
        "__copy__": _same,
        "__deepcopy__": _same,
        "__round__": _round,
        "__reduce_ex__": _reduce,
        "_keras_mask": property(_mask, _set_mask),
    }.items():
        setattr(EagerTensor, name, member)
    name_properties(EagerTensor)
