# SPDX-License-Identifier: Apache-2.0
# jacobian() and batch_jacobian() of variables as targets, and of all that is neither tensor nor variable.


def refused(function):
    try:
        return function()
    except Exception as raised:
        return raised


@case
def of_variables_that_nobody_watched():
    x, n = tf.Variable([[1.0, 2.0]]), tf.Variable([[1.0, 2.0]], trainable=False)
    with tf.GradientTape(persistent=True) as t:
        pass
    with tf.GradientTape(persistent=True, watch_accessed_variables=False) as blind:
        pass
    asked = [tape.jacobian for tape in (t, blind)] + [tape.batch_jacobian for tape in (t, blind)]
    return [ask(v, v, experimental_use_pfor=False) for ask in asked for v in (x, n)], t.watched_variables()


@case
def of_a_variable_with_a_loose_shape():
    x = tf.Variable([1.0, 2.0], shape=[None])
    u = tf.Variable([1.0, 2.0], shape=tf.TensorShape(None))
    with tf.GradientTape(persistent=True) as t:
        y, z = x * x, u * u
    return [t.jacobian(a, b, experimental_use_pfor=False) for a, b in ((y, x), (x, x), (z, u))]


@case
def questions_of_every_kind():
    x, c, i = tf.Variable([1.0, 2.0]), tf.constant([1.0, 2.0]), tf.constant(1)
    with tf.GradientTape(persistent=True) as t:
        t.watch(c)
        y = c * c
        s = tf.reduce_sum(y)
        m = tf.reshape(tf.range(6.0), [2, 3]) * c[0]
    said = []
    for target in (y, s, x, i, m, 3.0, None, np.ones(2), np.ones((2, 3)), [y], "a"):
        for source in (c, [c], None, [], 3.0, np.ones(2), np.ones((2, 3)), x, m):
            said.append(refused(lambda: t.jacobian(target, source, experimental_use_pfor=False)))
            said.append(refused(lambda: t.batch_jacobian(target, source, experimental_use_pfor=False)))
    return said


@case
def questions_to_the_vectorized_loop():
    c = tf.constant([1.0, 2.0])
    with tf.GradientTape(persistent=True) as t:
        t.watch(c)
        y = c * c
    return [refused(lambda: t.jacobian(*one)) for one in ((np.ones(2), c, "zero"), (np.ones(2), c), (y, 3.0), (y, None))]
