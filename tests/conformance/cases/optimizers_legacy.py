# SPDX-License-Identifier: Apache-2.0
# keras: 2
# Every legacy optimizer over five steps, with each of its numbers and with the options of all.

_RATES = {"SGD": 0.1, "Adadelta": 1.0, "Ftrl": 0.5}
_OWN = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"nesterov": True}],
    "RMSprop": [{}, {"rho": 0.5}, {"momentum": 0.9}, {"centered": True}, {"momentum": 0.5, "centered": True},
                {"epsilon": 0.1}],
    "Adagrad": [{}, {"initial_accumulator_value": 0.0}, {"epsilon": 0.01}],
    "Adadelta": [{}, {"rho": 0.5}, {"epsilon": 0.01}],
    "Adam": [{}, {"beta_1": 0.5}, {"beta_2": 0.9}, {"epsilon": 0.1}, {"amsgrad": True}],
    "Adamax": [{}, {"beta_1": 0.5}, {"beta_2": 0.9}],
    "Nadam": [{}, {"beta_1": 0.5}, {"epsilon": 0.01}, {"schedule_decay": 0.5}],
    "Ftrl": [{}, {"l1_regularization_strength": 0.1}, {"l2_regularization_strength": 0.1}, {"beta": 0.1},
             {"l2_shrinkage_regularization_strength": 0.1}, {"learning_rate_power": -1.0}, {"initial_accumulator_value": 1.0}],
}
_SHARED = {
    "clipnorm": {"clipnorm": 0.5}, "clipvalue": {"clipvalue": 0.3}, "global_clipnorm": {"global_clipnorm": 0.5},
    "decay": {"decay": 0.5}, "clipped twice": {"clipnorm": 0.5, "clipvalue": 0.1},
    "clipped and decaying": {"global_clipnorm": 1.0, "clipvalue": 0.5, "decay": 0.1},
}


def _variables(dtype="float32"):
    return [tf.Variable([[1.0, -2.0, 0.5], [0.25, 3.0, -1.5]], name="w", dtype=dtype),
            tf.Variable([0.5, -0.25, 2.0], name="b", dtype=dtype)]


def _gradients(variables, step):
    with tf.GradientTape() as tape:
        w, b = variables
        x = tf.constant([[1.0, 0.5], [-1.0, 2.0]], w.dtype) * tf.cast(1.0 + 0.5 * step, w.dtype)
        loss = tf.reduce_sum(tf.tanh(tf.matmul(x, w)) * b) + tf.reduce_mean(tf.square(w)) + tf.reduce_sum(b * b)
    return tape.gradient(loss, variables)


def five_steps(optimizer, dtype="float32"):
    variables = _variables(dtype)
    seen = []
    for step in range(5):
        optimizer.apply_gradients(zip(_gradients(variables, step), variables))
        seen.append([variable.numpy() for variable in variables])
    own = [(one.name, tuple(one.shape), one.dtype.name, one.numpy()) for one in optimizer.variables()]
    return seen, own, int(optimizer.iterations), float(optimizer.learning_rate), list(optimizer.get_slot_names())


def _made(name, options):
    return getattr(tf.keras.optimizers.legacy, name)(_RATES.get(name, 0.01), name="o", **options)


def _register(name, kind, options, dtype="float32"):
    def run():
        return five_steps(_made(name, options), dtype)

    case(f"{name} {kind}")(run)


for _name, _rows in _OWN.items():
    for _options in _rows:
        _kind = ", ".join(f"{key}={value}" for key, value in _options.items()) or "alone"
        _register(_name, _kind, _options)
    for _kind, _options in _SHARED.items():
        _register(_name, _kind, _options)
    _register(_name, "float64", {}, "float64")


def _of_each(kind):
    """A decorator: a case for each class, whose function gets its name."""
    def register(function):
        for name in _OWN:
            case(f"{name} {kind}")(lambda name=name: function(name))
        return function
    return register


def _sparse(name, options):
    table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="table")
    optimizer = _made(name, options)
    for rows in ([0, 2, 0], [1, 1], [0, 2]):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(tf.gather(table, rows)))
        optimizer.apply_gradients([(tape.gradient(loss, table), table)])
    return table.numpy(), [(one.name, one.numpy()) for one in optimizer.variables()]


for _name in _OWN:
    for _options in [{}] + ([{"momentum": 0.9}] if _name in ("SGD", "RMSprop") else []):
        case(f"{_name} of slices {_options}")(lambda name=_name, options=_options: _sparse(name, options))


@_of_each("of a gradient of fewer axes")
def _narrow(name):
    w = tf.Variable([[1.0, -2.0], [3.0, 0.5]], name="w")
    getattr(tf.keras.optimizers.legacy, name)(0.1).apply_gradients([(tf.constant([1.0, 2.0]), w)])
    return w.numpy()


@_of_each("of a gradient of more axes")
def _wide(name):
    b = tf.Variable([1.0, -2.0], name="b")
    getattr(tf.keras.optimizers.legacy, name)(0.1).apply_gradients([(tf.constant([[1.0, 2.0], [3.0, 4.0]]), b)])
    return b.numpy()


@_of_each("configuration")
def _configuration(name):
    made = getattr(tf.keras.optimizers.legacy, name)
    again = made.from_config(made(0.1, clipnorm=2.0).get_config())
    return {key: str(value) for key, value in made().get_config().items()}, again.clipnorm, float(again.learning_rate)


@_of_each("of a variable that it did not know")
def _unknown(name):
    w, b = tf.Variable([1.0, 2.0], name="w"), tf.Variable([3.0], name="b")
    optimizer = getattr(tf.keras.optimizers.legacy, name)(0.1)
    optimizer.apply_gradients([(tf.ones(2), w)])
    optimizer.apply_gradients([(tf.ones(2), w), (tf.ones(1), b)])
    return w.numpy(), b.numpy(), [one.name for one in optimizer.weights]


@_of_each("of one variable twice")
def _twice(name):
    w = tf.Variable([1.0, 2.0], name="w")
    optimizer = getattr(tf.keras.optimizers.legacy, name)(0.1)
    optimizer.apply_gradients([(tf.constant([1.0, 2.0]), w), (tf.constant([0.5, 2.0]), w)])
    return w.numpy(), int(optimizer.iterations)


@_of_each("of a tensor")
def _tensor(name):
    getattr(tf.keras.optimizers.legacy, name)(0.1).apply_gradients([(tf.ones(1), tf.ones(1))])


def _sgd(*given, **named):
    return tf.keras.optimizers.legacy.SGD(*given, **named)


def _pair():
    return tf.Variable([[1.0, 2.0]], name="weight"), tf.Variable([3.0], name="bias")


@case
def empty_lists_do_nothing():
    optimizer = _sgd(0.1)
    exhausted = zip([tf.ones(1)], [tf.Variable([1.0])])
    list(exhausted)
    return optimizer.apply_gradients([]), optimizer.apply_gradients(exhausted), int(optimizer.iterations)


@case
def no_gradients_at_all():
    w, b = _pair()
    _sgd(0.1).apply_gradients([(None, w), (None, b)])


@case
def some_gradients_are_missing():
    w, b = _pair()
    optimizer = _sgd(0.1, momentum=0.5)
    for _ in range(2):
        optimizer.apply_gradients([(None, b), (tf.ones([1, 2]), w)])
    return w.numpy(), b.numpy(), [one.name for one in optimizer.weights]


@case
def what_apply_gradients_answers():
    w, b = _pair()
    optimizer = tf.keras.optimizers.legacy.Adam(0.1)
    answers = [repr(optimizer.apply_gradients([(tf.ones([1, 2]), w)], name="mine")) for _ in range(2)]
    return answers, [repr(one) for one in optimizer.weights], repr(optimizer.iterations), repr(optimizer.learning_rate)


@case
def slots_by_name():
    w, b = _pair()
    optimizer = tf.keras.optimizers.legacy.Adam(0.1)
    optimizer.apply_gradients([(tf.ones([1, 2]), w), (tf.ones(1), b)])
    return optimizer.get_slot(w, "m"), optimizer.get_slot(b, "v"), optimizer.get_slot_names()


@case
def slots_that_are_not_there():
    w, b = _pair()
    optimizer = tf.keras.optimizers.legacy.Adam(0.1)
    optimizer.apply_gradients([(tf.ones([1, 2]), w)])
    return optimizer.get_slot(w, "momentum")


@case
def numbers_are_variables():
    optimizer = tf.keras.optimizers.legacy.Adam(0.1)
    return repr(optimizer.lr), repr(optimizer.beta_1), repr(optimizer.learning_rate), repr(optimizer.decay)


@case
def numbers_can_be_set():
    optimizer = _sgd(0.1, momentum=0.5)
    w = tf.Variable([1.0])
    optimizer.lr = 0.5
    optimizer.apply_gradients([(tf.ones(1), w)])
    optimizer.learning_rate = 0.25
    optimizer.momentum = 0.0
    optimizer.apply_gradients([(tf.ones(1), w)])
    optimizer.lr.assign(0.125)
    optimizer.apply_gradients([(tf.ones(1), w)])
    return w.numpy(), float(optimizer.lr)


@case
def no_such_number():
    return _sgd(0.1).beta_1


@case
def minimize_a_function():
    w, b = _pair()
    optimizer = _sgd(0.1)
    return repr(optimizer.minimize(lambda: tf.reduce_sum(w * w) * b[0], [w, b])), w.numpy(), b.numpy()


@case
def minimize_with_a_tape():
    w, b = _pair()
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(w * w)
    _sgd(0.1).minimize(loss, w, tape=tape)
    return w.numpy()


@case
def minimize_without_a_tape():
    w, b = _pair()
    _sgd(0.1).minimize(tf.reduce_sum(w * w), [w])


@case
def rates_of_every_form():
    optimizers = [_sgd(rate) for rate in (1, 0.5, np.float32(0.25), tf.constant(0.125), lambda: 3.0)]
    variables = [tf.Variable([0.0]) for _ in optimizers]
    for optimizer, variable in zip(optimizers, variables):
        optimizer.apply_gradients([(tf.ones(1), variable)])
    return [variable.numpy() for variable in variables]


@case
def a_rate_that_is_called():
    rates = iter((1.0, 0.5, 0.25, 0.125))
    optimizer, w = _sgd(lambda: next(rates)), tf.Variable([0.0])
    seen = []
    for _ in range(3):
        optimizer.apply_gradients([(tf.ones(1), w)])
        seen.append(w.numpy())
    return seen


@case
def a_schedule_is_its_rate():
    optimizer = _sgd(tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5))
    w = tf.Variable([1.0])
    seen = []
    for _ in range(4):
        optimizer.apply_gradients([(tf.ones(1), w)])
        seen.append(w.numpy())
    return seen, type(optimizer.learning_rate).__name__


def _wrong(name, **named):
    case(f"wrong {name} " + ", ".join(f"{key}={value}" for key, value in named.items()))(
        lambda: getattr(tf.keras.optimizers.legacy, name)(**named) and None)


for _name, _named in (
    ("SGD", {"lr": 0.5}), ("SGD", {"lr": -0.5}), ("SGD", {"clipnorm": -1.0}), ("SGD", {"momentum": 2.0}),
    ("SGD", {"momentum": -1}), ("SGD", {"clipnorm": 1.0, "global_clipnorm": 1.0}), ("Adagrad", {"initial_accumulator_value": -1.0}),
    ("Ftrl", {"learning_rate_power": 1.0}), ("Ftrl", {"initial_accumulator_value": -1.0}), ("RMSprop", {"momentum": 1.5}),
    ("SGD", {"decay": -1.0}),
):
    _wrong(_name, **_named)


@case
def clipping_by_nothing_clips():
    w = tf.Variable([1.0])
    _sgd(0.1, clipnorm=0.0).apply_gradients([(tf.ones(1), w)])
    return w.numpy()


@case
def nadam_has_no_schedule():
    tf.keras.optimizers.legacy.Nadam(tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5))


@case
def constraints_come_last():
    w = tf.Variable([1.0, -1.0], constraint=tf.nn.relu)
    _sgd(0.1).apply_gradients([(tf.ones(2), w)])
    return w.numpy()


@case
def constraints_of_slices():
    w = tf.Variable([[1.0], [-1.0]], constraint=tf.nn.relu)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.gather(w, [0]))
    try:
        _sgd(0.1).apply_gradients([(tape.gradient(loss, w), w)])
    except RuntimeError as error:
        return str(error)[:60]


@case
def gradients_are_changed_on_the_way():
    w, b = _pair()
    double = lambda pairs: [(gradient * 2.0, variable) for gradient, variable in pairs]
    _sgd(0.1, gradient_transformers=[double]).apply_gradients([(tf.ones(1), b)])
    return b.numpy()


@case
def weights_are_got_and_set():
    w, b = _pair()
    optimizer = _sgd(0.1, momentum=0.5)
    optimizer.apply_gradients([(tf.ones(1), b)])
    got = optimizer.get_weights()
    optimizer.set_weights([np.array(7), np.array([2.0], "float32")])
    optimizer.apply_gradients([(tf.ones(1), b)])
    return got, b.numpy(), int(optimizer.iterations)


@case
def weights_of_another_number():
    _sgd(0.1).set_weights([np.array(1)])


@case
def an_optimizer_of_the_script():
    class Mine(tf.keras.optimizers.legacy.Optimizer):
        def __init__(self, learning_rate=0.1, name="Mine", **kwargs):
            super().__init__(name, **kwargs)
            self._set_hyper("learning_rate", kwargs.get("lr", learning_rate))
            self._set_hyper("decay", self._initial_decay)

        def _create_slots(self, var_list):
            for each in var_list:
                self.add_slot(each, "sum")

        def _resource_apply_dense(self, grad, var, apply_state=None):
            total = self.get_slot(var, "sum")
            total.assign_add(grad)
            var.assign_sub(total * self._get_hyper("learning_rate", var.dtype))

    w, b = _pair()
    optimizer = Mine(decay=0.5)
    for _ in range(2):
        optimizer.apply_gradients([(tf.ones([1, 2]), w), (tf.ones(1), b)])
    return w.numpy(), b.numpy(), [(one.name, one.numpy()) for one in optimizer.weights]


def _of_another_float(name, options, own, given, sliced):
    v, optimizer = tf.Variable([[1.0, 2.0], [3.0, 4.0]], dtype=own), _made(name, options)
    gradient = tf.constant([[1.0, -2.0]] * (1 if sliced else 2), given)
    optimizer.apply_gradients([(tf.IndexedSlices(gradient, tf.constant([1]), tf.constant([2, 2])) if sliced else gradient, v)])


for _name, _options in (
    ("SGD", {}), ("SGD", {"momentum": 0.5}), ("RMSprop", {}), ("RMSprop", {"momentum": 0.5}), ("RMSprop", {"momentum": 0.5, "centered": True}),
    ("Adagrad", {}), ("Adadelta", {}), ("Adam", {}), ("Adam", {"amsgrad": True}), ("Adamax", {}), ("Nadam", {}), ("Ftrl", {}),
    ("Ftrl", {"l2_shrinkage_regularization_strength": 0.1}),
):
    for _own, _given in (("float32", "float64"), ("float16", "float32")):
        for _sliced in (False, True):
            @case(f"{_name} {_options} refuses {_given} for {_own}{' in slices' if _sliced else ''}")
            def refused(_name=_name, _options=_options, _own=_own, _given=_given, _sliced=_sliced):
                _of_another_float(_name, _options, _own, _given, _sliced)
