# SPDX-License-Identifier: Apache-2.0
"""What the cases of the rules' rounding are made of, in each generation."""


def some_gradient(random, dtype, sliced):
    if not sliced:
        return tf.cast(random.randn(24) * random.choice([0.01, 0.1, 1, 5], 24), dtype)
    rows = tf.cast(random.randn(14), dtype)
    return tf.IndexedSlices(rows, tf.constant(random.randint(0, 9, 14)), dense_shape=tf.constant([24]))


def three_steps(optimizer, dtype, sliced):
    """A variable after each of three steps, and what the optimizer keeps of its shape."""
    random = np.random.RandomState(1)
    v, seen = tf.Variable(tf.cast(random.randn(24) * random.choice([0.03, 0.3, 1], 24), dtype), name="v"), []
    for _ in range(3):
        optimizer.apply_gradients([(some_gradient(random, dtype, sliced), v)])
        seen.append(tf.identity(v))
    own = optimizer.variables() if callable(optimizer.variables) else optimizer.variables
    return seen, [tf.convert_to_tensor(one) for one in own if len(one.shape) == 1]
