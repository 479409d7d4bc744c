# SPDX-License-Identifier: Apache-2.0
"""tf.keras.backend: the functions of older scripts over TensorFlow's. keras/src/legacy/backend.py."""

import numpy

import tensorflow as tf
from tensorflow.keras import _ops, activations, utils
from tensorflow.keras._variable import standardize_dtype
from tensorflow.keras.config import backend, epsilon, floatx, image_data_format, set_epsilon, set_floatx, set_image_data_format
from tensorflow.keras.optimizers._variables import _names

#: Here and in TensorFlow the same but for their name: ours, theirs.
_SAME = {
    "abs": tf.abs, "cos": tf.cos, "equal": tf.equal, "exp": tf.exp,
    "greater": tf.greater, "greater_equal": tf.greater_equal, "less": tf.less,
    "less_equal": tf.less_equal, "log": tf.math.log, "maximum": tf.maximum, "minimum": tf.minimum, "not_equal": tf.not_equal,
    "ones_like": tf.ones_like, "pow": tf.pow, "reshape": tf.reshape, "round": tf.round, "shape": tf.shape, "sigmoid": tf.sigmoid,
    "sign": tf.sign, "sin": tf.sin, "softplus": tf.math.softplus, "softsign": tf.math.softsign, "square": tf.square,
    "stop_gradient": tf.stop_gradient, "tanh": tf.tanh, "zeros_like": tf.zeros_like,
}  # fmt: skip
_REDUCED = {"max": tf.reduce_max, "min": tf.reduce_min, "prod": tf.reduce_prod, "sum": tf.reduce_sum, "mean": tf.reduce_mean,
            "std": tf.math.reduce_std, "var": tf.math.reduce_variance, "all": tf.reduce_all, "any": tf.reduce_any}  # fmt: skip


def _reduced(name, function):
    logical, floating = name in ("all", "any"), name in ("mean", "std", "var")

    def reduced(x, axis=None, keepdims=False):
        x = tf.convert_to_tensor(x)
        if logical:
            x = tf.cast(x, "bool")
        elif floating and x.dtype == tf.bool:
            x = tf.cast(x, "float32")
        return function(x, axis, keepdims)

    reduced.__name__ = reduced.__qualname__ = name
    return reduced


globals().update(_SAME)
globals().update({name: _reduced(name, function) for name, function in _REDUCED.items()})
clear_session, name_scope = utils.clear_session, tf.name_scope
elu = activations.elu


def argmax(x, axis=-1):
    return tf.argmax(x, axis)


def argmin(x, axis=-1):
    return tf.argmin(x, axis)


def arange(start, stop=None, step=1, dtype="int32"):
    if stop is None and start < 0:
        start = 0
    result = tf.range(start, limit=stop, delta=step)
    return result if dtype == "int32" else tf.cast(result, dtype)


def batch_flatten(x):
    return tf.reshape(x, [-1, tf.size(x[0]) if len(x.shape) > 1 else 1])


def cast(x, dtype):
    return tf.cast(x, dtype)


def cast_to_floatx(x):
    return tf.cast(x, floatx()) if tf.is_tensor(x) or isinstance(x, tf.Variable) else numpy.asarray(x, dtype=floatx())


def clip(x, min_value, max_value):
    if isinstance(min_value, (int, float)) and isinstance(max_value, (int, float)) and max_value < min_value:
        max_value = min_value
    return tf.clip_by_value(x, -numpy.inf if min_value is None else min_value, numpy.inf if max_value is None else max_value)


def concatenate(tensors, axis=-1):
    return tf.concat(tensors, axis)


def constant(value, dtype=None, shape=None, name=None):
    return tf.constant(value, dtype=dtype or floatx(), shape=shape, name=name)


def count_params(x):
    return int(numpy.prod(x.shape.as_list()))


def cumsum(x, axis=0):
    return tf.cumsum(x, axis=axis)


def cumprod(x, axis=0):
    return tf.math.cumprod(x, axis=axis)


def dot(x, y):
    """For higher ranks: the last axis of x with the last but one of y."""
    if len(x.shape) > 2 or len(y.shape) > 2:
        return tf.tensordot(x, y, [[len(x.shape) - 1], [len(y.shape) - 2 if len(y.shape) > 1 else 0]])
    return tf.matmul(x, y)


def dtype(x):
    return x.dtype.name


def eval(x):
    return get_value(tf.convert_to_tensor(x))


def expand_dims(x, axis=-1):
    return tf.expand_dims(x, axis)


def eye(size, dtype=None, name=None):
    return variable(tf.eye(size, dtype=dtype or floatx()), dtype, name)


def flatten(x):
    return tf.reshape(x, [-1])


def gather(reference, indices):
    return tf.gather(reference, indices)


def get_uid(prefix=""):
    _names[prefix] = _names.get(prefix, 0) + 1
    return _names[prefix]


def get_value(x):
    if not tf.is_tensor(x) and not isinstance(x, tf.Variable) and not hasattr(x, "numpy"):
        return x
    return x.numpy()


def set_value(x, value):
    x.assign(numpy.asarray(value, dtype=_ops.named(x.dtype)))


def batch_get_value(tensors):
    return [x.numpy() for x in tensors]


def batch_set_value(tuples):
    for x, value in tuples:
        set_value(x, value)


def hard_sigmoid(x):
    return tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0)


def int_shape(x):
    try:
        shape = x.shape
        return tuple(shape.as_list() if hasattr(shape, "as_list") else shape)
    except ValueError:
        return None


def is_keras_tensor(x):
    return utils.is_keras_tensor(x)


def l2_normalize(x, axis=None):
    return tf.math.l2_normalize(x, axis=axis)


def ndim(x):
    return len(x.shape)


def one_hot(indices, num_classes):
    return tf.one_hot(indices, depth=num_classes, axis=-1)


def ones(shape, dtype=None, name=None):
    return variable(tf.ones(shape, dtype or floatx()), dtype, name)


def zeros(shape, dtype=None, name=None):
    return variable(tf.zeros(shape, dtype or floatx()), dtype, name)


def permute_dimensions(x, pattern):
    return tf.transpose(x, perm=pattern)


def random_normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    seed = numpy.random.randint(10000000) if seed is None else seed
    return tf.random.normal(shape, mean=mean, stddev=stddev, dtype=dtype or floatx(), seed=seed)


def random_uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    seed = numpy.random.randint(10000000) if seed is None else seed
    return tf.random.uniform(shape, minval=minval, maxval=maxval, dtype=dtype or floatx(), seed=seed)


def relu(x, alpha=0.0, max_value=None, threshold=0.0):
    return activations.relu(x, negative_slope=alpha, max_value=max_value, threshold=threshold)


def repeat(x, n):
    return tf.tile(tf.expand_dims(x, 1), tf.stack([1, n, 1]))


def repeat_elements(x, rep, axis):
    return tf.repeat(x, rep, axis=axis)


def reverse(x, axes):
    return tf.reverse(x, [axes] if isinstance(axes, int) else axes)


def softmax(x, axis=-1):
    return tf.nn.softmax(x, axis=axis) if len(x.shape) > 1 or axis != -1 else activations.softmax(x)


def sqrt(x):
    return tf.sqrt(tf.maximum(x, tf.constant(0, x.dtype)))


def squeeze(x, axis):
    return tf.squeeze(x, [axis])


def stack(x, axis=0):
    return tf.stack(x, axis=axis)


def switch(condition, then_expression, else_expression):
    then, other = (one() if callable(one) else one for one in (then_expression, else_expression))
    return tf.where(condition, then, other)


def tile(x, n):
    return tf.tile(x, [n] if isinstance(n, int) else n)


def transpose(x):
    return tf.transpose(x)


def update(x, new_x):
    return x.assign(new_x)


def update_add(x, increment):
    return x.assign_add(increment)


def update_sub(x, decrement):
    return x.assign_sub(decrement)


def moving_average_update(x, value, momentum):
    momentum = tf.cast(momentum, x.dtype)
    return x.assign_sub((x - tf.cast(value, x.dtype)) * (1 - momentum))


def variable(value, dtype=None, name=None, constraint=None):
    return tf.Variable(value, dtype=dtype or floatx(), name=name, constraint=constraint)


def bias_add(x, bias, data_format=None):
    return tf.nn.bias_add(x, bias)


def dropout(x, level, noise_shape=None, seed=None):
    seed = numpy.random.randint(10000000) if seed is None else seed
    return tf.nn.dropout(x, rate=level, noise_shape=noise_shape, seed=seed)


def map_fn(fn, elems, name=None, dtype=None):
    return tf.map_fn(fn, elems, name=name, fn_output_signature=dtype)


def binary_crossentropy(target, output, from_logits=False):
    target, output = tf.convert_to_tensor(target), tf.convert_to_tensor(output)
    if from_logits:
        return tf.nn.sigmoid_cross_entropy_with_logits(labels=target, logits=output)
    output = tf.clip_by_value(output, epsilon(), 1.0 - epsilon())
    bce = target * tf.math.log(output + epsilon())
    bce += (1 - target) * tf.math.log(1 - output + epsilon())
    return -bce


def categorical_crossentropy(target, output, from_logits=False, axis=-1):
    return _ops.categorical_crossentropy(tf.convert_to_tensor(target), tf.convert_to_tensor(output), from_logits, axis)


def sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1):
    return _ops.sparse_categorical_crossentropy(target, tf.convert_to_tensor(output), from_logits, axis)


def is_float_dtype(dtype):
    return standardize_dtype(dtype).startswith(("float", "bfloat"))


def is_int_dtype(dtype):
    return standardize_dtype(dtype).startswith(("int", "uint"))
