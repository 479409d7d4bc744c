# SPDX-License-Identifier: Apache-2.0
"""What many layers do alike: weights with their initializers, regularizers and constraints, sizes as tuples."""

import _tapescope

from tensorflow._mathematics import _products
from tensorflow.keras import activations, constraints, initializers, regularizers

_KINDS = (("initializer", initializers), ("regularizer", regularizers), ("constraint", constraints))


def take(layer, name, **given):
    """Keeps `initializer`, `regularizer` and `constraint` of a weight: layer.kernel_initializer and so on."""
    for kind, home in _KINDS:
        setattr(layer, f"{name}_{kind}", home.get(given.get(kind)))


def weight(layer, name, shape, own_name=None):
    return layer.add_weight(
        name=own_name or name, shape=shape, initializer=getattr(layer, f"{name}_initializer"),
        regularizer=getattr(layer, f"{name}_regularizer"), constraint=getattr(layer, f"{name}_constraint"),
    )


def config_of(layer, *names):
    """The part of a configuration that says what take() was given."""
    return {f"{name}_{kind}": packed(home, getattr(layer, f"{name}_{kind}")) for kind, home in _KINDS for name in names}


def packed(home, value):
    return None if value is None else home.serialize(value)


def refuse(layer, **given):
    """Arguments that are not there yet: no layer may be made that ignores them."""
    for name, value in given.items():
        if value is not None:
            raise NotImplementedError(f"{type(layer).__name__}({name}=...) is not there yet.")


def matmul(x, kernel):
    """keras.ops.matmul: the last axis of a tensor of any rank against a matrix."""
    if x.dtype != kernel.dtype:
        from tensorflow.keras.ops import _dtypes

        x, kernel = _dtypes.together(x, kernel if type(kernel) is _tapescope.EagerTensor else _tapescope.tensor(kernel))
    if len(x.shape) > 2 and len(kernel.shape) == 2:
        return _products.tensordot(x, kernel, 1)
    return _tapescope.run("BatchMatMulV2" if len(x.shape) > 2 else "MatMul", x, kernel)


def data_format(value):
    if value is None:
        return "channels_last"
    value = str(value).lower()
    if value not in ("channels_first", "channels_last"):
        raise ValueError(
            "The `data_format` argument must be one of {'channels_first', 'channels_last'}. Received: data_format=" + value
        )
    return value


def sizes(value, count, name, zero=False):
    """keras/src/utils/argument_validation.py standardize_tuple."""
    if isinstance(value, int):
        given = (value,) * count
    else:
        try:
            given = tuple(value)
        except TypeError:
            raise ValueError(
                f"The `{name}` argument must be a tuple of {count} integers. Received {name}={value}"
            ) from None
        if len(given) != count:
            raise ValueError(f"The `{name}` argument must be a tuple of {count} integers. Received {name}={value}")
        for one in given:
            if not isinstance(one, int) or isinstance(one, bool):
                raise ValueError(
                    f"The `{name}` argument must be a tuple of {count} integers. Received {name}={value} including element "
                    f"{one} of type {type(one)}"
                )
    bad = {one for one in given if one < 0 or (one == 0 and not zero)}
    if bad:
        raise ValueError(
            f"The `{name}` argument must be a tuple of {count} integers. Received {name}={value}, including values {bad} that "
            f"do not satisfy `value {'>= 0' if zero else '> 0'}`"
        )
    return given
