# SPDX-License-Identifier: Apache-2.0
# What `gradient` makes of its arguments: targets, sources, seeds, structures, and what is not connected.


def recorded(function, *values, persistent=False):
    """(tape, what the function made, the variables) for initial values."""
    variables = [tf.Variable(value) for value in values]
    with tf.GradientTape(persistent=persistent) as tape:
        result = function(*variables)
    return tape, result, variables


SOURCES = {
    "float_3": lambda v: 3.0, "float": lambda v: 0.37, "int": lambda v: 7, "text": lambda v: "v", "none": lambda v: None,
    "none_in_a_list": lambda v: [v, None], "array": lambda v: np.ones(2, np.float32),
    "numpy_scalar": lambda v: np.float32(2),
    "generator": lambda v: (x for x in [v]), "map": lambda v: map(lambda x: x, [v]), "set_of_ids": lambda v: {1},
    "values_of_a_dict": lambda v: {"a": v}.values(), "items_of_a_dict": lambda v: {1: v}.items(),
    "object": lambda v: object(),
    "type": lambda v: tf.Variable, "empty_list": lambda v: [], "empty_dict": lambda v: {},
    "nested": lambda v: {"a": [v, (v,)], "b": v},
    "twice": lambda v: [v, v], "tuple": lambda v: (v,), "bool": lambda v: True,
    "dict_unsorted": lambda v: {"z": v, "a": tf.constant(1.0)},
}
for name, make in SOURCES.items():
    @case(f"source_{name}")
    def source(make=make):
        tape, y, (v,) = recorded(lambda v: v * v, 2.0)
        return tape.gradient(y, make(v))

TARGETS = {
    "float": float, "numpy": lambda y: y.numpy(), "none": lambda y: None, "none_in_a_list": lambda y: [y, None],
    "list": lambda y: [y, y], "dict": lambda y: {"b": y, "a": y}, "array": lambda y: np.ones(2, np.float32),
    "text": lambda y: "y",
    "constant": lambda y: tf.constant(1.0), "integer": lambda y: tf.cast(y, tf.int32), "empty_list": lambda y: [],
    "bool": lambda y: y > 1.0, "int": lambda y: 3,
}
for name, make in TARGETS.items():
    @case(f"target_{name}")
    def target(make=make):
        tape, y, (v,) = recorded(lambda v: v * v, 2.0)
        return tape.gradient(make(y), v)


@case
def target_is_the_source():
    v, x = tf.Variable([1.0, 2.0]), tf.constant(5.0)
    with tf.GradientTape(persistent=True) as tape:
        pass
    return [tape.gradient(x, x), tape.gradient(v, v), tape.gradient(x, v), tape.gradient([x, v], [v, x])]


@case
def target_is_an_unread_variable_beside_another():
    v, w = tf.Variable(1.0), tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = v * 1.0
    return tape.gradient([y, w], [v, w])


@case
def target_is_a_variable():
    v = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        y = v * 3.0
    return tape.gradient(v, v)


@case
def target_that_is_watched_only():
    x, v = tf.constant(2.0), tf.Variable(1.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * v
    return tape.gradient(x, v)


@case
def targets_are_summed():
    tape, y, (v, w) = recorded(lambda v, w: [v * w, [v * v, w]], [1.0, 2.0], [3.0, 4.0])
    return tape.gradient(y, [v, w])


@case
def no_scalar_needed():
    tape, y, (v,) = recorded(lambda v: v * v, [[1.0, 2.0], [3.0, 4.0]])
    return tape.gradient(y, v)


@case
def intermediate_and_ancestor():
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        a = v * 3.0
        b = a * a
    return tape.gradient(b, [a, v, b])


@case
def seeds():
    tape, y, (v,) = recorded(lambda v: v * v, [1.0, 2.0])
    return tape.gradient(y, v, output_gradients=tf.constant([10.0, 100.0]))


@case
def seeds_in_a_list_with_none():
    tape, y, (v,) = recorded(lambda v: [v * v, v * 3.0], [1.0, 2.0])
    return tape.gradient(y, v, output_gradients=[tf.constant([10.0, 100.0]), None])


@case
def seeds_by_position():
    tape, y, (v,) = recorded(lambda v: v * v, [1.0, 2.0])
    return tape.gradient(y, v, [5.0, 6.0])


@case
def seed_of_another_shape():
    tape, y, (v,) = recorded(lambda v: v * v, [1.0, 2.0])
    return tape.gradient(y, v, output_gradients=tf.constant([[1.0], [2.0]]))


@case
def seed_that_is_a_number():
    tape, y, (v,) = recorded(lambda v: v * v, 3.0)
    return tape.gradient(y, v, output_gradients=2.0)


@case
def seed_that_is_an_array():
    tape, y, (v,) = recorded(lambda v: v * v, [1.0, 2.0])
    return tape.gradient(y, v, output_gradients=np.array([1.0, 2.0], np.float32))


@case
def seed_of_another_dtype():
    tape, y, (v,) = recorded(lambda v: v * v, [1.0, 2.0])
    return tape.gradient(y, v, output_gradients=tf.constant([1.0, 2.0], tf.float64))


@case
def seed_for_a_source():
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = v * v
    return tape.gradient(y, [y, v], output_gradients=tf.constant(5.0))


UNCONNECTED = {"none": "none", "zero": "zero", "enum_none": tf.UnconnectedGradients.NONE,
               "enum_zero": tf.UnconnectedGradients.ZERO,
               "wrong": "zeros", "python_none": None, "number": 0}
for name, choice in UNCONNECTED.items():
    @case(f"unconnected_{name}")
    def unconnected(choice=choice):
        tape, y, (v, w, i) = recorded(lambda v, w, i: v * v, [1.0, 2.0], [[1.0], [2.0]], [1, 2])
        return tape.gradient(y, [v, w, i, tf.constant(4.0)], unconnected_gradients=choice)


@case
def unconnected_zero_where_the_path_is_cut():
    tape, y, (v,) = recorded(lambda v: tf.round(v) * 2.0, [1.2, 2.7])
    return tape.gradient(y, v, unconnected_gradients="zero")


@case
def both_orders_of_a_variable_in_one_operation():
    tape, y, (v, w) = recorded(lambda v, w: (v - w) * (w - v), [1.0, 2.0], 5.0)
    return tape.gradient(y, [v, w])


@case
def accumulates_over_uses():
    tape, y, (v,) = recorded(lambda v: v + v * v + v * v * v + tf.identity(v), 2.0)
    return tape.gradient(y, v)


# Higher orders.


@case
def second_derivative():
    v = tf.Variable(3.0)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = v * v * v
        g = inner.gradient(y, v)
    return [g, outer.gradient(g, v)]


@case
def second_derivative_outside_the_outer_tape():
    v = tf.Variable(3.0)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = v * v * v
    g = inner.gradient(y, v)
    return [g, outer.gradient(g, v)]


@case
def third_derivative_of_a_power():
    v = tf.Variable(2.0)
    with tf.GradientTape() as a:
        with tf.GradientTape() as b:
            with tf.GradientTape() as c:
                y = v ** 4
            first = c.gradient(y, v)
        second = b.gradient(first, v)
    return [first, second, a.gradient(second, v)]


@case
def outer_tape_needs_its_own_watch():
    x = tf.constant(3.0)
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = x * x * x
        g = inner.gradient(y, x)
    return [g, outer.gradient(g, x)]


@case
def gradient_of_a_norm_of_gradients():
    w, x = tf.Variable([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[1.0, -1.0]])
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = tf.reduce_sum(tf.tanh(tf.matmul(x, w)))
        g = inner.gradient(y, x)
        penalty = tf.reduce_sum(tf.square(g))
    return [g, outer.gradient(penalty, w)]


@case
def same_tape_nested_persistent():
    v = tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as tape:
        y = tf.exp(v) * v
        g = tape.gradient(y, v)
    return [g, tape.gradient(g, v)]


@case
def second_derivative_of_something_linear():
    v = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            y = v * 3.0
        g = inner.gradient(y, v)
    return [g, outer.gradient(g, v)]


@case
def mixed_partial_derivatives():
    v, w = tf.Variable([1.0, 2.0]), tf.Variable(3.0)
    with tf.GradientTape(persistent=True) as outer:
        with tf.GradientTape() as inner:
            y = tf.sin(v * w) * w
        gv, gw = inner.gradient(y, [v, w])
    return [outer.gradient(gv, [v, w]), outer.gradient(gw, [v, w])]
