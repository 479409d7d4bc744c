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


# ---- by way of other things

import functools

plain = tf.autograph.experimental.do_not_convert

@plain
def slope(x):
    return tf.gradients(x**3, x)[0]


class Slopes(tf.Module):
    def pde(self, x):
        return tf.gradients(x * x, x)[0]

    @plain
    def __call__(self, x):
        return self.pde(x)

    @tf.function(autograph=False)
    def loss(self, x):
        return self.pde(x)


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.w = self.add_weight(shape=(), initializer="ones")

    def slope(self, x):
        return tf.gradients(self.w * x**3, x)[0]

    def call(self, x):
        return self.slope(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as t:
            loss = tf.reduce_mean((self.slope(x) - y) ** 2)
        self.optimizer.apply_gradients(zip(t.gradient(loss, [self.w]), [self.w]))
        return {"loss": loss, "by graph": tf.gradients(self.w * 3.0, self.w)[0]}


TWO = tf.constant([1.0, 2.0])


def elements(dataset):
    return list(dataset.as_numpy_iterator())


def fitted(eagerly):
    net = Net()
    net.compile("sgd", run_eagerly=eagerly)
    history = net.fit(tf.constant([[1.0], [0.5]]), tf.constant([[2.0], [1.0]]), epochs=2, batch_size=1, shuffle=False, verbose=0)
    return history.history, net.w, net.predict(tf.constant([[1.0], [0.5]]), verbose=0)


@case
def inside_of_a_tape_and_a_map():
    @plain
    def body(x):
        with tf.GradientTape() as t:
            t.watch(x)
            y = x * x
        return t.gradient(y, x)
    w = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = [w * x for x in tf.data.Dataset.from_tensor_slices(TWO).map(body).map(plain(lambda x: x * w))]
    return z, t.gradient(z, w)


def in_a_table():
    table = {"r": slope}
    return called(lambda x: table["r"](x), TWO)


def as_an_argument():
    function = tf.function(lambda f, x: f(x), autograph=False)
    return function(slope, TWO), function(Slopes(), TWO)


def imported_by_name():
    from tensorflow import gradients as G
    return called(lambda x: G(x * x, x), TWO)


def in_python_inside():
    try:
        return tf.function(lambda x: tf.py_function(slope, [x], tf.float32), autograph=False)(TWO)
    except tf.errors.UnknownError as raised:
        return "RuntimeError: tf.gradients is not supported when eager execution is enabled." in str(raised)


def of_a_lambda_layer():
    x = tf.keras.Input((1,))
    model = tf.keras.Model(x, tf.keras.layers.Lambda(slope, output_shape=(1,))(x))
    return model.predict(tf.constant([[2.0]]), verbose=0), tf.function(model)(tf.constant([[2.0]]))


for name, make in {
    "a method": lambda: [slopes.loss(TWO) for slopes in [Slopes()] for _ in range(2)],
    "a method outside": lambda: refused(lambda: Slopes().pde(TWO)),
    "an object to call": lambda: tf.function(Slopes(), autograph=False)(TWO),
    "a method of a model": lambda: tf.function(Net())(TWO),
    "a step": lambda: fitted(False),
    "an eager step": lambda: refused(lambda: fitted(True)),
    "a map": lambda: elements(tf.data.Dataset.from_tensor_slices(TWO).map(plain(lambda q: tf.gradients(q * q, q)[0]))),
    "a batch in a map": lambda: elements(tf.data.Dataset.from_tensor_slices(TWO).batch(2).map(slope)),
    "a filter": lambda: elements(tf.data.Dataset.from_tensor_slices(TWO).filter(plain(lambda q: slope(q) > 3.0))),
    "a partial": lambda: tf.function(functools.partial(plain(lambda n, x: n * slope(x)), 2.0), autograph=False)(TWO),
    "a map of vectors": lambda: tf.vectorized_map(plain(lambda q: tf.gradients(q * q, q)[0]), TWO),
    "rows of a jacobian": lambda: called(
        lambda x: [tf.vectorized_map(lambda i: tf.gradients(tf.gather(y, i), x)[0], tf.range(2)) for y in [x**3]], TWO),
    "a map outside": lambda: refused(lambda: tf.map_fn(plain(slope), TWO)),
    "a number from a dataset": lambda: tf.data.Dataset.from_tensor_slices(TWO).reduce(0.0, plain(lambda s, q: s + slope(q))),
    "getattr": lambda: called(lambda x: getattr(tf, "gradients")(x * x, x), TWO),
}.items():
    case(name)(make)
for make in (in_a_table, as_an_argument, imported_by_name, in_python_inside, of_a_lambda_layer):
    case(make)
