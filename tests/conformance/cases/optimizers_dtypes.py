# SPDX-License-Identifier: Apache-2.0
"""Optimizers of Keras 3 over variables and gradients of each float, over slices with clipping, and scaled losses among them."""
O = tf.keras.optimizers
NAMES = "SGD RMSprop Adagrad Adadelta Adam AdamW Adamax Nadam Ftrl Lion Lamb".split()
FLOATS = ("float16", "bfloat16", "float32", "float64")


def made(dtype):
    return [tf.Variable(tf.cast([[1.0, -2.0], [0.5, 3.0], [2.0, 1.0]], dtype), name="w"), tf.Variable(tf.cast([0.25, 4.0], dtype), name="b")]


def dense(step, dtype):
    return [tf.cast([[0.5, -1.0], [0.25, step], [1.0, -0.5]], dtype), tf.cast([step - 1.0, 2.0], dtype)]


def sliced(step, dtype):
    rows = tf.IndexedSlices(tf.cast([[0.5, -1.0], [step, 2.0]], dtype), tf.constant([0, step % 2]), dense_shape=tf.constant([3, 2]))
    return [rows, tf.cast([step - 1.0, 2.0], dtype)]


def ran(optimizer, dtype, gradients=dense, steps=3, factor=1.0):
    variables = made(dtype)
    for step in range(steps):
        given = [tf.IndexedSlices(one.values * tf.cast(factor, dtype), one.indices, one.dense_shape)
                 if isinstance(one, tf.IndexedSlices) else one * tf.cast(factor, dtype) for one in gradients(step, dtype)]
        optimizer.apply_gradients(zip(given, variables))
    return variables, [(one.path, tuple(one.shape), str(one.dtype)) for one in optimizer.variables], int(optimizer.iterations)


def named(function, name):
    function.__name__ = name
    case(function)


for _name in NAMES:
    for _dtype in FLOATS:
        def _plain(name=_name, dtype=_dtype):
            return ran(getattr(O, name)(0.125, name="o"), dtype)

        # Half floats round in another place where a kernel computes in floats.
        named(_plain, f"{_name}_of_{_dtype}")
    for _option in ({"global_clipnorm": 1.0}, {"clipnorm": 1.0}, {"clipvalue": 0.5}, {}):
        def _sliced(name=_name, option=_option):
            return ran(getattr(O, name)(0.125, name="o", **option), "float32", sliced)

        named(_sliced, f"{_name}_of_slices_{''.join(_option)}")

for _inner in ("SGD", "Adam"):
    for _dtype in FLOATS:
        for _gradients in (dense, sliced):
            def _scaled(inner=_inner, dtype=_dtype, gradients=_gradients):
                optimizer = O.LossScaleOptimizer(getattr(O, inner)(0.125, name="inner"), initial_scale=8.0, dynamic_growth_steps=2, name="o")
                return ran(optimizer, dtype, gradients, factor=8.0), optimizer.dynamic_scale, optimizer.step_counter

            named(_scaled, f"scaled_{_inner}_of_{_gradients.__name__}_{_dtype}")


@case
def names_after_a_refused_option():
    tf.keras.backend.clear_session()
    names = [O.Adam().name]
    try:
        O.Adam(foo=3)
    except ValueError as error:
        names.append(str(error))
    return names + [O.Adam().name]
