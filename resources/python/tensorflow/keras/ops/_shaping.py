# SPDX-License-Identifier: Apache-2.0
"""Shapes, places and products of tensors."""

import tensorflow as tf

from tensorflow.keras.ops._dtypes import of, operand, result_type, tensor, together


def reshape(x, newshape):
    return tf.reshape(tensor(x), newshape)


def ravel(x):
    return tf.reshape(tensor(x), [-1])


def transpose(x, axes=None):
    x = tensor(x)
    if axes:
        axes = tuple(axis % x.ndim for axis in axes)
        if len(set(axes)) != len(axes):
            raise ValueError(
                "`axes` must be a valid permutation of the input dimensions (no duplicates). "
                f"Received: axes={list(axes)} for input of rank {x.ndim}."
            )
    return tf.transpose(x, perm=axes)


def expand_dims(x, axis):
    x = tensor(x)
    axes = (axis,) if isinstance(axis, int) else tuple(axis)
    for place in sorted(place % (x.ndim + len(axes)) for place in axes):
        x = tf.expand_dims(x, place)
    return x


def squeeze(x, axis=None):
    x = tensor(x)
    axes = (axis,) if isinstance(axis, int) else axis
    for place in axes or ():
        if x.shape[place] != 1:
            raise ValueError(f"Cannot squeeze axis={place}, because the dimension is not 1.")
    return tf.squeeze(x, axis=axes)


def concatenate(xs, axis=0):
    return tf.concat(together(*xs) if len({of(x) for x in xs}) > 1 else [tensor(x) for x in xs], axis=axis)


def stack(x, axis=0):
    return tf.stack(together(*x) if len({of(part) for part in x}) > 1 else [tensor(part) for part in x], axis=axis)


def unstack(x, num=None, axis=0):
    return tf.unstack(tensor(x), num=num, axis=axis)


def split(x, indices_or_sections, axis=0):
    x = tensor(x)
    if isinstance(indices_or_sections, int):
        return tf.split(x, indices_or_sections, axis=axis)
    marks = [0, *indices_or_sections, x.shape[axis]]
    return tf.split(x, [end - begin for begin, end in zip(marks, marks[1:])], axis=axis)


def tile(x, repeats):
    x = tensor(x)
    repeats = [repeats] if isinstance(repeats, int) else list(repeats)
    repeats = [1] * (x.ndim - len(repeats)) + repeats
    return tf.tile(tf.reshape(x, [1] * (len(repeats) - x.ndim) + list(x.shape)), repeats)


def repeat(x, repeats, axis=None):
    return tf.repeat(tensor(x), repeats, axis=axis)


def broadcast_to(x, shape):
    return tf.broadcast_to(tensor(x), shape)


def flip(x, axis=None):
    x = tensor(x)
    return tf.reverse(x, list(range(x.ndim)) if axis is None else [axis] if isinstance(axis, int) else axis)


def roll(x, shift, axis=None):
    x = tensor(x)
    if axis is not None:
        return tf.roll(x, shift, axis)
    return tf.reshape(tf.roll(tf.reshape(x, [-1]), shift, 0), tf.shape(x))


def moveaxis(x, source, destination):
    x = tensor(x)
    source = [place % x.ndim for place in ([source] if isinstance(source, int) else source)]
    destination = [place % x.ndim for place in ([destination] if isinstance(destination, int) else destination)]
    order = [place for place in range(x.ndim) if place not in source]
    for to, place in sorted(zip(destination, source)):
        order.insert(to, place)
    return tf.transpose(x, perm=order)


def swapaxes(x, axis1, axis2):
    order = list(range(tensor(x).ndim))
    order[axis1], order[axis2] = order[axis2], order[axis1]
    return tf.transpose(tensor(x), perm=order)


def pad(x, pad_width, mode="constant", constant_values=None):
    x = tensor(x)
    if isinstance(pad_width, int):
        pad_width = [(pad_width, pad_width)] * x.ndim
    elif isinstance(pad_width[0], int):
        pad_width = [tuple(pad_width)] * x.ndim
    elif len(pad_width) == 1:
        pad_width = list(pad_width) * x.ndim
    return tf.pad(x, pad_width, mode.upper(), **({} if constant_values is None else {"constant_values": constant_values}))


def take(x, indices, axis=None):
    x, indices = tensor(x), tensor(indices)
    if axis is None:
        x, axis = tf.reshape(x, [-1]), 0
    return tf.gather(x, tf.where(indices < 0, indices + tf.cast(tf.shape(x)[axis], indices.dtype), indices), axis=axis)


def take_along_axis(x, indices, axis=None):
    x, indices = tensor(x), tensor(indices)
    if axis is None:
        return tf.gather(tf.reshape(x, [-1]), tf.reshape(indices, [-1]))
    last = moveaxis(x, axis, -1), moveaxis(indices, axis, -1)
    return moveaxis(tf.gather(*last, batch_dims=x.ndim - 1), -1, axis)


def sort(x, axis=-1):
    x = tensor(x)
    return tf.sort(tf.reshape(x, [-1]) if axis is None else x, axis=-1 if axis is None else axis)


def argsort(x, axis=-1):
    x = tensor(x)
    return tf.argsort(tf.reshape(x, [-1]) if axis is None else x, axis=-1 if axis is None else axis, stable=True)


def tril(x, k=0):
    return _part(tensor(x), lambda row, column: column - row <= k)


def triu(x, k=0):
    return _part(tensor(x), lambda row, column: column - row >= k)


def _part(x, inside):
    row = tf.range(x.shape[-2])[:, None]
    return tf.where(inside(row, tf.range(x.shape[-1])), x, tf.zeros_like(x))


def diag(x, k=0):
    x = tensor(x)
    return tf.linalg.diag(x, k=k) if x.ndim == 1 else tf.linalg.diag_part(x, k=k)


def trace(x, offset=0, axis1=0, axis2=1):
    return tf.reduce_sum(tf.linalg.diag_part(moveaxis(x, (axis1, axis2), (-2, -1)), k=offset), axis=-1)


def matmul(x1, x2):
    x1, x2 = tensor(x1), tensor(x2)
    result = result_type(x1.dtype, x2.dtype)
    x1, x2 = (tf.cast(x, result_type(x1.dtype, x2.dtype, float)) for x in (x1, x2))
    if x1.ndim == 1 or x2.ndim == 1:
        return tf.cast(tf.tensordot(x1, x2, axes=[[-1], [0 if x2.ndim == 1 else -2]]), result)
    return tf.cast(tf.matmul(x1, x2), result)


def dot(x1, x2):
    x1, x2 = together(x1, x2)
    if x1.ndim == 0 or x2.ndim == 0:
        return x1 * x2
    return tf.tensordot(x1, x2, axes=[[-1], [0 if x2.ndim == 1 else -2]])


def tensordot(x1, x2, axes=2):
    return tf.tensordot(*together(x1, x2), axes=axes)


def outer(x1, x2):
    x1, x2 = together(x1, x2)
    return tf.reshape(x1, [-1, 1]) * tf.reshape(x2, [1, -1])


def vdot(x1, x2):
    x1, x2 = together(x1, x2)
    return tf.reduce_sum(tf.reshape(x1, [-1]) * tf.reshape(x2, [-1]))


def einsum(subscripts, *operands, **kwargs):
    return tf.einsum(subscripts, *together(*map(operand, operands)))


def meshgrid(*x, indexing="xy"):
    return tf.meshgrid(*map(tensor, x), indexing=indexing)


def slice(inputs, start_indices, shape):
    return tf.slice(tensor(inputs), start_indices, shape)


def scatter(indices, values, shape):
    return tf.scatter_nd(tensor(indices), tensor(values), shape)


NAMES = {function.__name__: function for function in (
    argsort, broadcast_to, concatenate, diag, dot, einsum, expand_dims, flip, matmul, meshgrid, moveaxis, outer, pad, ravel,
    repeat, reshape, roll, scatter, slice, sort, split, squeeze, stack, swapaxes, take, take_along_axis, tensordot, tile,
    trace, transpose, tril, triu, unstack, vdot)}
NAMES |= {"hstack": lambda xs: concatenate(xs, axis=0 if tensor(xs[0]).ndim == 1 else 1),
          "vstack": concatenate,  # numpy makes rows of vectors first; Keras does not
          "top_k": lambda x, k, sorted=True: tf.math.top_k(tensor(x), k, sorted=sorted),
          "cond": tf.cond, "while_loop": tf.while_loop, "vectorized_map": lambda function, elements: tf.vectorized_map(
              function, elements)}
