# SPDX-License-Identifier: Apache-2.0
"""Products of two tensors example by example, over one axis of each: keras/src/layers/merging/dot.py."""

import _tapescope

_run = _tapescope.run


def _moved(x, axis, to):
    """`axis` at the place `to`; the others stay in order."""
    order = [one for one in range(len(x.shape)) if one != axis]
    order.insert(to, axis)
    return x if order == list(range(len(x.shape))) else _run("Transpose", x, perm=order)


def batch_dot(x, y, axes):
    if len(x.shape) < 2 or len(y.shape) < 2:
        raise ValueError(
            f"Cannot do batch_dot on inputs with rank < 2. Received inputs with shapes {tuple(x.shape)} and {tuple(y.shape)}."
        )
    if 0 in axes:
        raise ValueError(
            "Cannot perform batch_dot over axis 0. If your inputs are not batched, add a dummy batch dimension to your inputs "
            "using keras.ops.expand_dims(x, 0)"
        )
    flat_x, flat_y = len(x.shape) == 2, len(y.shape) == 2
    if flat_x:
        x, axes = _run("ExpandDims", x, axis=1), [axes[0] + 1, axes[1]]
    if flat_y:
        y = _run("ExpandDims", y, axis=2)
    x, y = _moved(x, axes[0], len(x.shape) - 1), _moved(y, axes[1], 1)
    x_shape, y_shape = [[int(size) for size in one.shape] for one in (x, y)]
    if len(x_shape) > 3:
        x = _run("Reshape", x, shape=[x_shape[0], -1, x_shape[-1]])
    if len(y_shape) > 3:
        y = _run("Reshape", y, shape=[y_shape[0], y_shape[1], -1])
    result = _run("BatchMatMulV2", x, y)
    if len(x_shape) > 3 or len(y_shape) > 3:
        result = _run("Reshape", result, shape=x_shape[:-1] + y_shape[2:])
    if flat_x:
        return _run("Squeeze", result, axis=[1])
    return _run("Squeeze", result, axis=[-1]) if flat_y else result
