# SPDX-License-Identifier: Apache-2.0
# Tensors that are made of several: as sources, and in structures.


@case
def ragged_source():
    r = tf.ragged.constant([[1.0, 2.0], [3.0]])
    with tf.GradientTape() as tape:
        tape.watch(r.flat_values)
        y = r * r
    return repr(tape.gradient(y, r))


@case
def sparse_source():
    s = tf.sparse.from_dense([[1.0, 0.0]])
    with tf.GradientTape() as tape:
        tape.watch(s.values)
        y = tf.sparse.to_dense(s)
    return tape.gradient(y, s)


@case
def ragged_of_other_rows():
    return tf.ragged.constant([[1, 2], [3]]) + tf.ragged.constant([[1], [2, 3]])


@case
def components():
    return tf.nest.flatten([tf.ragged.constant([[1]]), 2], expand_composites=True)
