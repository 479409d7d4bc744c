# SPDX-License-Identifier: Apache-2.0
# tf.gradients and tf.hessians, which TensorFlow has inside of functions.


def refused(function):
    try:
        return function()
    except Exception as raised:
        return type(raised).__name__, str(raised).rpartition("    ")[2].strip()


def called(body, *arguments):
    """What a function gives that computes with the arguments, at its first and its second call."""
    function = tf.function(body, autograph=False)
    return [refused(lambda: function(*arguments)) for _ in range(2)]


def of_variables_and_arguments():
    w, n = tf.Variable([1.0, 2.0]), tf.Variable(3.0, trainable=False)
    return called(lambda x: tf.gradients(x * x * w * n, [x, w, n, tf.constant(1.0)]), tf.constant([3.0, 4.0]))


def of_what_is_made_inside():
    def body():
        a = tf.zeros(())
        b = 2 * a
        return tf.gradients(a + b, [a, b])
    return called(body)


def second_and_third():
    def body(x):
        y = x**4
        first = tf.gradients(y, x)[0]
        second = tf.gradients(first, x)[0]
        return first, second, tf.gradients(second, x)[0]
    return called(body, tf.constant([2.0, -1.0]))


def with_other_functions():
    def slope(y, x):
        return tf.gradients(y, x)[0]

    def body(x):
        return slope(tf.cond(x > 1.0, lambda: x * x, lambda: x * 5.0), x)
    return called(body, tf.constant(2.0)) + called(body, tf.constant(0.5))


def over_loops():
    def body(x):
        y = tf.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x), (0, x * x))[1]
        return tf.gradients(y, x)
    return called(body, tf.constant(2.0))


def with_a_tape_around():
    w = tf.Variable([1.0, 2.0])
    c = tf.constant([3.0, 4.0])
    function = tf.function(lambda x: tf.gradients(x * x * w, [x, w]), autograph=False)
    with tf.GradientTape(persistent=True) as t:
        t.watch(c)
        a, b = function(c)
    return t.gradient(a, [c, w]), t.gradient(b, c)


def hessians():
    return called(lambda x: tf.hessians(tf.reduce_sum(x**3) + x[0] * x[1], x), tf.constant([1.0, 2.0]))


def slices():
    w = tf.Variable([[1.0], [2.0]])
    return called(lambda x: tf.convert_to_tensor(tf.gradients(tf.gather(w, [0, 0]) * x, w)[0]), tf.constant(2.0))


for make in (of_variables_and_arguments, of_what_is_made_inside, second_and_third, with_other_functions, over_loops,
             with_a_tape_around, hessians, slices):
    case(make)
for name, body in {
    "zeros": lambda x: tf.gradients(tf.constant(1.0), [x], unconnected_gradients="zero"),
    "nothing": lambda x: tf.gradients(tf.constant(1.0), [x]),
    "integers": lambda x: tf.gradients(tf.cast(x, tf.int32), x),
    "grad_ys": lambda x: tf.gradients([x * x, x * 2.0], x, grad_ys=[tf.constant(10.0), None]),
    "too many grad_ys": lambda x: tf.gradients(x * x, x, grad_ys=[1.0, 2.0]),
    "no targets": lambda x: tf.gradients(None, x),
    "no sources": lambda x: tf.gradients(x * x, None),
    "an unknown word": lambda x: tf.gradients(x * x, x, unconnected_gradients="bad"),
    "no second derivative": lambda x: tf.hessians(x * 2.0, x),
    "no first derivative": lambda x: tf.hessians(tf.constant(2.0), x),
}.items():
    case(name)(lambda body=body: called(body, tf.constant(2.0)))
case("outside")(lambda: [refused(lambda: tf.gradients(1.0, 1.0)), refused(lambda: tf.hessians(1.0, 1.0))])
