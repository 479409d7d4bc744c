# SPDX-License-Identifier: Apache-2.0
"""Activations, losses and the like, as keras.ops has them."""

import tensorflow as tf

from tensorflow.keras import activations
from tensorflow.keras._ops import floatx
from tensorflow.keras.ops._dtypes import floating, named, tensor

#: keras.ops' names that keras.activations has with the same arguments.
ACTIVATIONS = ("celu", "elu", "glu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_tanh", "leaky_relu", "log_sigmoid",
               "log_softmax", "relu", "relu6", "selu", "sigmoid", "silu", "soft_shrink", "softmax", "softplus", "softsign",
               "sparse_plus", "sparse_sigmoid", "sparsemax", "squareplus", "tanh_shrink", "threshold")


def one_hot(x, num_classes, axis=-1, dtype=None, sparse=False):
    return tf.one_hot(tf.cast(tensor(x), "int32"), num_classes, axis=axis, dtype=named(dtype or floatx()))


def moments(x, axes, keepdims=False, synchronized=False):
    return tf.nn.moments(tensor(x), axes, keepdims=keepdims)


def normalize(x, axis=-1, order=2, epsilon=None):
    x = floating(x)
    epsilon = 1e-7 if epsilon is None else epsilon
    if order == 2:
        return x * tf.math.rsqrt(tf.maximum(tf.reduce_sum(tf.square(x), axis=axis, keepdims=True), epsilon**2))
    return x / tf.maximum(tf.norm(x, ord=order, axis=axis, keepdims=True), epsilon)


def gelu(x, approximate=True):
    return activations.gelu(tensor(x), approximate)


NAMES = {name: getattr(activations, name) for name in ACTIVATIONS if hasattr(activations, name)}
NAMES |= {"swish": NAMES["silu"], "hard_swish": NAMES["hard_silu"]}
NAMES |= {function.__name__: function for function in (gelu, moments, normalize, one_hot)}
