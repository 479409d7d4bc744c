# SPDX-License-Identifier: Apache-2.0
"""numpy.random's names over TensorFlow's random numbers."""

import tensorflow as tf


def _sizes(size):
    return [] if size is None else [size] if isinstance(size, int) else list(size)


def seed(s):
    tf.random.set_seed(s)


def randn(*args):
    return tf.random.normal(list(args), dtype=tf.float64)


def standard_normal(size=None):
    return tf.random.normal(_sizes(size), dtype=tf.float64)


def rand(*size):
    return tf.random.uniform(list(size), dtype=tf.float64)


def random(size=None):
    return tf.random.uniform(_sizes(size), dtype=tf.float64)


def uniform(low=0.0, high=1.0, size=None):
    return tf.random.uniform(_sizes(size), tf.cast(low, tf.float64), tf.cast(high, tf.float64), tf.float64)


def randint(low, high=None, size=None, dtype=tf.int64):
    low, high = (0, low) if high is None else (low, high)
    return tf.cast(tf.random.uniform(_sizes(size), low, high, tf.int64), dtype)
