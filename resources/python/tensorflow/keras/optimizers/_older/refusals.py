# SPDX-License-Identifier: Apache-2.0
"""Gradients of another float than their variable, which no optimizer before Keras 3 takes: what its first operation says of them."""

import _tapescope

from tensorflow._values._slices import IndexedSlices

_SHOWN = {"float16": "half", "bfloat16": "bfloat16", "float32": "float", "float64": "double"}


def _convert(value):
    """A row whose first operation converts what `value` makes of the gradient's values."""
    def refuse(optimizer, gradient, variable):
        import tensorflow

        tensorflow.convert_to_tensor(value(optimizer, gradient), dtype=variable.dtype)

    return refuse


def _call(operation, place, by_gradient=False):
    """A row whose operation takes its dtype from the gradient, or else from the variable, and meets the other at this place."""
    def refuse(optimizer, gradient, variable):
        from tensorflow import errors

        wanted, found = (_SHOWN[one.dtype.name] for one in ((gradient, variable) if by_gradient else (variable, gradient)))
        raise errors.InvalidArgumentError(
            None, None,
            f"cannot compute {operation} as input #{place}(zero-based) was expected to be a {wanted} tensor but is a {found} tensor "
            f"[Op:{operation}] name: ",
        )

    return refuse


def _unlike(optimizer, gradient, variable):
    raise TypeError(f"`x` and `y` must have the same dtype, got {gradient.dtype!r} != {variable.dtype!r}.")


def _whole(optimizer, gradient, variable):
    raise ValueError(
        f"Incompatible tensor conversion requested to `dtype` {variable.dtype.name} for IndexedSlices ({gradient}) with dtype "
        f"{gradient.dtype.name}"
    )


def _share(name):
    return _convert(lambda optimizer, gradient: gradient.values * (1 - getattr(optimizer, name)))


def _squared_share(optimizer, gradient):
    return gradient.values * gradient.values * (1 - optimizer.rho)


_SQUARED = _convert(lambda optimizer, gradient: (gradient.values if isinstance(gradient, IndexedSlices) else gradient) ** 2)
_SCALED, _LESS = _call("Mul", 1, True), (_call("Sub", 1, True), _share("beta_1"))
#: Of Keras 2.11 to 2.15: what is said of a tensor, and of slices.
TWO = {
    "SGD": (_SCALED, _SCALED),
    "RMSprop": (_call("AddV2", 1), _convert(_squared_share)),
    "Adagrad": (_SQUARED, _SQUARED),
    "Adadelta": (_call("AddV2", 1), _convert(_squared_share)),
    "Adam": _LESS, "AdamW": _LESS, "Adamax": _LESS,
    "Nadam": (_call("Sub", 1, True), _SCALED),
    "Ftrl": (_call("AddV2", 1, True), _whole),
    "Lion": (_SCALED, _SCALED),
    "Adafactor": (_call("Mul", 1), _call("Mul", 1)),
}


def _kernels(name, place, sparse_place=None, by_gradient=False):
    return tuple(_call(f"Resource{kind}Apply{name}", at, by_gradient) for kind, at in (("", place), ("Sparse", sparse_place or place)))


#: Of the legacy ones; after a name stands what makes it take another kernel.
LEGACY = {
    "SGD": (_call("ResourceApplyGradientDescent", 2), _SCALED),
    "SGD momentum": _kernels("KerasMomentum", 3),
    "RMSprop": (_call("Mul", 1), _SCALED),
    "RMSprop momentum": _kernels("RMSProp", 7),
    "RMSprop momentum centered": _kernels("CenteredRMSProp", 8),
    "Adagrad": _kernels("AdagradV2", 4),
    "Adadelta": _kernels("Adadelta", 6),
    "Adam": (_call("ResourceApplyAdam", 9), _SCALED),
    "Adam amsgrad": (_call("ResourceApplyAdamWithAmsgrad", 10), _SCALED),
    "Adamax": (_call("ResourceApplyAdaMax", 8), _SCALED),
    "Nadam": (_unlike, _unlike),
    "Ftrl": _kernels("Ftrl", 4, 5, True),
    "Ftrl shrinking": _kernels("FtrlV2", 4, 5, True),
}


def _kernel(rule, optimizer):
    """The row of a legacy optimizer with its numbers."""
    if rule == "Ftrl" and optimizer._l2_shrinkage_regularization_strength > 0:
        return "Ftrl shrinking"
    words = [word for word in ("momentum", "centered", "amsgrad") if getattr(optimizer, f"_{word}" if word == "momentum" else word, False)]
    name = " ".join([rule, *words])
    return name if name in LEGACY else rule


def check_two(optimizer, gradient, variable):
    if gradient.dtype is not variable.dtype:
        _refuse(TWO, optimizer._rule, optimizer, gradient, variable)


def check_legacy(optimizer, gradient, variable):
    if gradient.dtype is not variable.dtype:
        _refuse(LEGACY, _kernel(optimizer._rule, optimizer), optimizer, gradient, variable)


def _refuse(rows, name, optimizer, gradient, variable):
    given, own = gradient.dtype, variable.dtype
    sliced = isinstance(gradient, IndexedSlices)
    if (sliced or _tapescope.is_tensor(gradient)) and given != own and {given.name, own.name} <= _SHOWN.keys() and name in rows:
        rows[name][sliced](optimizer, gradient, variable)
