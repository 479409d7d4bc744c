# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf


def told(function, *args):
    """The class and the end of the text, behind the files and lines."""
    try:
        print(function(*args))
    except Exception as problem:
        print(type(problem).__name__, str(problem).split("\n\n")[0], str(problem).split("\n\n")[-1])


@tf.function
def plain(x):
    print("tracing", x)
    return x + 1


for given in (tf.constant(1), tf.constant(2), tf.constant(1.5), 3, 3, 4):
    print(plain(given))


@tf.function
def named(a, *others, b=2, **more):
    print(a)
    print("and", b, *others)
    return a


named(tf.constant([1.0]), tf.constant(1), tf.constant(True), b=tf.constant("b"), c=tf.constant(1))
print(named(np.array([1, 2]), 5))


@tf.function(input_signature=[tf.TensorSpec([None], tf.int32), tf.TensorSpec(None, tf.float32)])
def signed(x, y):
    print("tracing", x, y)
    return x


print(signed(tf.constant([1, 2]), tf.constant(1.0)), signed(tf.constant([1]), tf.constant([1.0])))


class Mine(Exception):
    pass


class MineOfTwo(Exception):
    def __init__(self, a, b):
        super().__init__(a)


def inner(x):
    return x.nothing


@tf.function
def raises(kind):
    if kind == "value":
        raise ValueError("mine")
    if kind == "call":
        return inner([kind])
    if kind == "own":
        raise Mine("why")
    if kind == "two":
        raise MineOfTwo("why", 2)
    if kind == "key":
        return {}["k"]
    if kind == "zero":
        return 1 / 0
    if kind == "type":
        return kind + 1
    if kind == "name":
        return nowhere
    if kind == "assert":
        assert False, "never"
    return kind


@tf.function
def outer(kind):
    return raises(kind)


for kind in ("value", "call", "own", "two", "key", "zero", "type", "name", "assert", "none"):
    told(raises, kind)
told(outer, "value")


@tf.function
def makes(x):
    v = tf.Variable(1.0)
    return v + x


told(makes, 1.0)
kept = {}


@tf.function
def keeps(x):
    if "v" not in kept:
        kept["v"] = tf.Variable(1.0)
    return kept["v"].assign_add(x)


print(keeps(1.0), keeps(1.0), keeps(2.0))
w = tf.Variable(2.0)


@tf.function
def step(optimizer):
    with tf.GradientTape() as tape:
        loss = w * w
    optimizer.apply_gradients(zip(tape.gradient(loss, [w]), [w]))
    return loss


first, second = tf.keras.optimizers.Adam(0.1), tf.keras.optimizers.Adam(0.2)
print(step(first), step(first))
try:
    step(second)
except ValueError as problem:
    print(str(problem).split("\n\n")[-1])


@tf.function
def of_parts(r, s):
    return r * 2, tf.sparse.to_dense(s)


print(of_parts(tf.ragged.constant([[1, 2], [3]]), tf.sparse.from_dense([[0, 1]])))


@tf.function(input_signature=[tf.RaggedTensorSpec([None, None], tf.int32)])
def largest(r):
    return tf.reduce_max(r, axis=-1)


print(largest(tf.ragged.constant([[1, 2], [3]])))
told(plain.get_concrete_function)
