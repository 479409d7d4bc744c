# SPDX-License-Identifier: Apache-2.0
"""Which steps of a sequence count: what Keras hangs on a tensor, kept beside it, for the newest few."""

import warnings

from tensorflow._values import _nest
from tensorflow.keras._symbols import KerasTensor, infer

_masks = {}
_KEPT = 256


def of(value):
    if isinstance(value, KerasTensor):
        return getattr(value, "_keras_mask", None)
    if not _masks:
        return None
    return _masks.get(getattr(value, "_id", None))


def put(value, mask):
    if isinstance(value, KerasTensor):
        value._keras_mask = mask
        return value
    if hasattr(value, "_id"):
        _masks[value._id] = mask
        if len(_masks) > _KEPT:
            del _masks[next(iter(_masks))]
    return value


def drop(value):
    """A layer that minds the masks of its tensors itself takes them away; symbols keep theirs."""
    _masks.pop(getattr(value, "_id", None), None)


def fill_in(spec, kwargs):
    """Puts the masks of a call's tensors into its arguments; the mask that the layer's outputs are to have."""
    if len(spec.tensors) == 1:
        if "mask" in spec.arguments and spec.arguments["mask"] is None:
            kwargs["mask"] = _nest.map_structure(of, next(iter(spec.tensors.values())))
    else:
        for name, value in spec.tensors.items():
            if f"{name}_mask" in spec.arguments and spec.arguments[f"{name}_mask"] is None:
                kwargs[f"{name}_mask"] = _nest.map_structure(of, value)
    if kwargs.get("mask") is not None:
        return kwargs["mask"]
    return _nest.map_structure(of, spec.first) if spec.first is not None else None


def hand_on(layer, first, outputs, previous):
    masked = any(mask is not None for mask in _nest.flatten(previous))
    if not layer.supports_masking:
        if masked:
            warnings.warn(
                f"Layer '{layer.name}' (of type {type(layer).__name__}) was passed an input with a mask attached to it. "
                "However, this layer does not support masking and will therefore destroy the mask information. Downstream "
                "layers will not see the mask."
            )
        return
    tensors = _nest.flatten(outputs)
    if not masked and getattr(type(layer).compute_mask, "_is_default", False):
        return
    if all(of(tensor) is not None for tensor in tensors):
        return
    if isinstance(tensors[0], KerasTensor):
        masks = infer(layer.name, layer.compute_mask, (first, previous), {})
    else:
        masks = layer.compute_mask(first, previous)
    if masks is None:
        return
    for tensor, mask in zip(tensors, _nest.flatten(masks)):
        if mask is not None and of(tensor) is None:
            put(tensor, mask)
