# SPDX-License-Identifier: Apache-2.0
# What apply_gradients makes of its pairs, and what the optimizers say to wrong ones. Keras 3.

K = tf.keras.optimizers


def ones(*shape):
    return tf.Variable(tf.ones(shape))


def applied(optimizer, gradient, variable):
    """Applies one pair; the variable's value and how many steps the optimizer counts."""
    optimizer.apply_gradients([(gradient, variable)])
    return [variable.numpy(), optimizer.iterations.numpy()]


MAKERS = {
    "sgd": lambda: K.SGD(1.0), "momentum": lambda: K.SGD(1.0, momentum=0.5), "nesterov": lambda: K.SGD(1.0, 0.5, True),
    "adam": lambda: K.Adam(1.0),
}
GRADIENTS = {
    "row": lambda: tf.constant([1.0, 2.0]), "square": lambda: tf.ones((2, 2)), "scalar": lambda: tf.constant(1.0),
    "three": lambda: tf.ones((3,)), "doubles": lambda: tf.ones((2, 2), tf.float64),
    "halves": lambda: tf.ones((2, 2), tf.float16),
    "integers": lambda: tf.ones((2, 2), tf.int32), "array": lambda: np.ones((2, 2), np.float32),
    "list": lambda: [[1.0, 2.0], [3.0, 4.0]],
    "nan": lambda: tf.constant([[np.nan, 1.0], [np.inf, 0.0]]), "number": lambda: 1.0,
}
for name, make in MAKERS.items():
    for given, gradient in GRADIENTS.items():
        @case(f"{name}_with_{given}")
        def pair_of_a_square(make=make, gradient=gradient):
            return applied(make(), gradient(), ones(2, 2))

    @case(f"{name}_with_a_square_for_a_row")
    def square_for_a_row(make=make):
        return applied(make(), tf.ones((2, 2)), ones(2))

    @case(f"{name}_of_an_integer_variable")
    def integer_variable(make=make):
        return applied(make(), tf.ones((2,)), tf.Variable([1, 1]))

    @case(f"{name}_of_a_tensor")
    def of_a_tensor(make=make):
        make().apply_gradients([(tf.ones((2,)), tf.ones((2,)))])

    @case(f"{name}_of_an_array")
    def of_an_array(make=make):
        make().apply_gradients([(tf.ones((2,)), np.ones((2,)))])

    @case(f"{name}_of_slices_with_equal_indices")
    def of_slices(make=make):
        slices = tf.IndexedSlices(tf.constant([[1.0, 1.0], [3.0, 3.0]]), tf.constant([0, 0]), tf.constant([2, 2]))
        return applied(make(), slices, ones(2, 2))

    @case(f"{name}_several_steps")
    def several_steps(make=make):
        optimizer, v, w = make(), tf.Variable([1.0, 2.0]), tf.Variable(3.0)
        for step in range(3):
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(v * v) * w
            gradients = tape.gradient(loss, [v, w])
            print(step, gradients)
            optimizer.apply_gradients(zip(gradients, [v, w]))
        return [v, w, optimizer.iterations.numpy(), [(each.path, each.shape) for each in optimizer.variables]]

    @case(f"{name}_of_the_same_variable_twice")
    def same_variable_twice(make=make):
        v, optimizer = tf.Variable(1.0), make()
        optimizer.apply_gradients([(tf.constant(1.0), v), (tf.constant(2.0), v)])
        return [v, optimizer.iterations.numpy()]


@case
def a_tensor_for_the_pairs():
    K.SGD(0.1).apply_gradients([tf.ones((2,))])


@case
def two_tensors_for_the_pairs():
    K.SGD(0.1).apply_gradients([tf.ones((2,)), tf.ones((2,))])


@case
def gradients_and_variables_apart():
    K.SGD(0.1).apply_gradients([tf.ones((2,))], [ones(2)])


@case
def apply_with_two_lists():
    v, w, optimizer = ones(2), ones(), K.SGD(0.1)
    optimizer.apply([tf.ones((2,)), tf.constant(2.0)], [v, w])
    optimizer.apply([tf.ones((2,)), tf.constant(2.0)])
    return [v, w]


@case
def apply_fewer_gradients_than_variables():
    v, w, optimizer = ones(2), ones(), K.SGD(0.1)
    optimizer.apply([tf.ones((2,))], [v, w])
    return [v, w]


@case
def no_pairs():
    K.SGD(0.1).apply_gradients([])


@case
def pairs_used_up():
    v, optimizer = ones(2), K.SGD(0.1)
    pairs = zip([tf.ones((2,))], [v])
    print(len(list(pairs)))
    optimizer.apply_gradients(pairs)


@case
def all_none():
    K.SGD(0.1).apply_gradients([(None, tf.Variable(1.0, name="weight")), (None, tf.Variable(1.0))])


@case
def some_none():
    bias, other, optimizer = tf.Variable(1.0, name="bias"), tf.Variable(1.0), K.SGD(0.1)
    optimizer.apply_gradients([(None, bias), (tf.constant(1.0), other)])
    return [bias, other, optimizer.iterations.numpy()]


@case
def two_of_three_none_twice():
    variables, optimizer = [tf.Variable(1.0, name=name) for name in "abc"], K.SGD(0.1)
    for _ in range(2):
        optimizer.apply_gradients(zip([None, tf.constant(1.0), None], variables))
    return variables


@case
def swapped_pairs():
    w = ones(2)
    K.SGD(0.1).apply_gradients([(w, tf.ones((2,)))])


@case
def shorter_zip():
    w, b, optimizer = ones(2), ones(2), K.SGD(0.1)
    optimizer.apply_gradients(zip([tf.ones((2,))], [w, b]))
    return [w, b]


@case
def misaligned_zip():
    v, w, optimizer = ones(2, 2), ones(2, 2), K.SGD(0.1)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(v * 2.0 + w * 3.0)
    optimizer.apply_gradients(zip(tape.gradient(loss, [v, w]), [w, v]))
    return [v, w]


@case
def zip_over_the_rows_of_a_gradient():
    w = ones(2, 2)
    K.SGD(0.1).apply_gradients(zip(tf.ones((2, 2)), [w]))


@case
def zip_over_the_rows_with_momentum():
    w = ones(2, 2)
    K.SGD(0.1, momentum=0.5).apply_gradients(zip(tf.constant([[1.0, 2.0], [3.0, 4.0]]), [w]))
    return w


@case
def zip_over_a_scalar():
    K.SGD(0.1).apply_gradients(zip(tf.ones(()), ones()))


@case
def zip_over_rows_of_both():
    K.SGD(0.1).apply_gradients(zip(tf.ones((2, 2)), ones(2, 2)))


@case
def unknown_variable():
    first, second, optimizer = tf.Variable([1.0, 2.0], name="weight"), tf.Variable([3.0, 4.0], name="weight"), K.SGD(0.1)
    optimizer.apply_gradients([(tf.ones((2,)), first)])
    optimizer.apply_gradients([(tf.ones((2,)), second)])


@case
def unknown_variable_beside_a_known_one():
    first, second, optimizer = tf.Variable(1.0), tf.Variable(2.0, name="late"), K.SGD(0.1)
    optimizer.apply_gradients([(tf.constant(1.0), first)])
    try:
        optimizer.apply_gradients([(tf.constant(1.0), first), (tf.constant(1.0), second)])
    except ValueError as error:
        return [error, first, second, optimizer.iterations.numpy()]


@case
def subset_of_the_known_variables():
    a, b, optimizer = tf.Variable(1.0), tf.Variable(2.0), K.SGD(0.1)
    optimizer.build([a, b])
    optimizer.apply_gradients([(tf.constant(1.0), b)])
    return [a, b]


@case
def variable_that_is_not_trainable():
    v = tf.Variable(1.0, trainable=False)
    return applied(K.SGD(0.1), tf.constant(1.0), v)


@case
def gradient_of_the_intermediate():
    w, optimizer = tf.Variable([[1.0, 2.0], [3.0, 4.0]]), K.SGD(0.01)
    with tf.GradientTape() as tape:
        layer = tf.matmul([[1.0, 2.0], [3.0, 4.0]], w)
        loss = tf.reduce_sum(layer)
    optimizer.apply_gradients([(tape.gradient(loss, layer), w)])
    return w


@case
def clipped_but_not_used():
    w, optimizer = tf.Variable([3.0, 4.0]), K.SGD(0.1)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(w * w)
    gradients = tape.gradient(loss, [w])
    clipped, norm = tf.clip_by_global_norm(gradients, 1.0)
    optimizer.apply_gradients(zip(gradients, [w]))
    return [clipped, norm, w]


@case
def dead_relu_counts_as_a_step():
    v, optimizer = tf.Variable(2.0), K.SGD(0.1)
    with tf.GradientTape() as tape:
        y = tf.nn.relu(-tf.abs(v))
    g = tape.gradient(y, v)
    optimizer.apply_gradients([(g, v)])
    return [g, v, optimizer.iterations.numpy()]


@case
def learning_rate_of_zero():
    return applied(K.SGD(0.0), tf.constant(1.0), tf.Variable(1.0))


@case
def gradients_accumulate():
    v, optimizer = tf.Variable(1.0), K.SGD(0.1, gradient_accumulation_steps=4)
    seen = []
    for _ in range(5):
        optimizer.apply_gradients([(tf.constant(1.0), v)])
        seen.append([v.numpy(), optimizer.iterations.numpy()])
    return seen


@case
def minimize_is_no_more():
    K.SGD(0.1).minimize(lambda: 0.0, [tf.Variable(1.0)])


@case
def apply_with_a_name():
    K.SGD(0.1).apply_gradients([(tf.constant(1.0), tf.Variable(1.0))], name="x")


WRONG = {
    "lr": dict(lr=0.1), "unknown": dict(foo=0.5), "integer_rate": dict(learning_rate=1),
    "numpy_rate": dict(learning_rate=np.float32(0.1)),
    "tensor_rate": dict(learning_rate=tf.constant(0.1)), "text_rate": dict(learning_rate="fast"),
    "none_rate": dict(learning_rate=None),
    "integer_momentum": dict(momentum=1), "large_momentum": dict(momentum=1.5), "decay": dict(decay=0.1),
    "two_clips": dict(clipnorm=1.0, clipvalue=1.0), "all_clips": dict(clipnorm=1.0, clipvalue=1.0, global_clipnorm=1.0),
    "clip_text": dict(clipnorm="x"), "ema_momentum": dict(use_ema=True, ema_momentum=2.0),
    "accumulation": dict(gradient_accumulation_steps=1),
    "negative_rate": dict(learning_rate=-0.1), "name": dict(name="mine"), "clipvalue": dict(clipvalue=0.5),
    "clipnorm": dict(clipnorm=0.5),
    "global_clipnorm": dict(global_clipnorm=0.5), "clipnorm_zero": dict(clipnorm=0.0),
    "weight_decay": dict(weight_decay=0.1),
}
for name, arguments in WRONG.items():
    @case(f"sgd_argument_{name}")
    def sgd_argument(arguments=arguments):
        optimizer, v, w = K.SGD(**arguments), tf.Variable([3.0, 4.0]), tf.Variable(1.0)
        optimizer.apply_gradients([(tf.constant([3.0, 4.0]), v), (tf.constant(-2.0), w)])
        return [optimizer.name, v, w]


@case
def legacy_optimizers():
    K.legacy.SGD(0.1)


@case
def learning_rate_read_and_set():
    optimizer, v = K.SGD(0.5), tf.Variable(1.0)
    before = float(optimizer.learning_rate)
    optimizer.learning_rate = 0.25
    optimizer.apply_gradients([(tf.constant(1.0), v)])
    return [before, float(optimizer.learning_rate), v]


@case
def clip_a_tensor_by_global_norm():
    tf.clip_by_global_norm(tf.ones(2), 1.0)


@case
def clip_a_zip_by_global_norm():
    tf.clip_by_global_norm(zip([1], [2]), 1.0)


@case
def clip_with_none_inside():
    return tf.clip_by_global_norm([tf.constant([3.0, 4.0]), None], 1.0)


@case
def clip_infinity():
    return tf.clip_by_global_norm([tf.constant([np.inf, 4.0]), tf.constant(1.0)], 1.0)


@case
def clip_none_by_value():
    tf.clip_by_value(None, -1.0, 1.0)


@case
def clip_none_by_norm():
    tf.clip_by_norm(None, 1.0)


@case
def stale_function():
    names = {"w": tf.Variable([[1.0, 2.0], [3.0, 4.0]])}
    old, optimizer = names["w"], K.SGD(0.1)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.matmul([[1.0, 2.0], [3.0, 4.0]], names["w"]))
        gradients = tape.gradient(loss, [names["w"]])
        optimizer.apply_gradients(zip(gradients, [names["w"]]))
    step()
    before = old.numpy()
    names["w"] = tf.Variable([[9.0, 9.0], [9.0, 9.0]])
    step()
    return [old.numpy() - before, names["w"], optimizer.iterations.numpy()]


@case
def counts_as_arrays():
    v = tf.Variable([1.0, 2.0])
    optimizer = tf.keras.optimizers.SGD(0.1, momentum=0.9)
    optimizer.apply_gradients([(tf.ones([2]), v)])
    return [np.asarray(one) for one in optimizer.variables], np.asarray(optimizer.iterations)
