# SPDX-License-Identifier: Apache-2.0
# keras: 2
# Every optimizer of Keras 2.11 to 2.15 over five steps, with each of its numbers and with the options of all.

_RATES = {"SGD": 0.1, "Adadelta": 1.0, "Ftrl": 0.5}
_OWN = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"nesterov": True}],
    "RMSprop": [{}, {"rho": 0.5}, {"momentum": 0.9}, {"centered": True}, {"momentum": 0.5, "centered": True},
                {"epsilon": 0.1}],
    "Adagrad": [{}, {"initial_accumulator_value": 0.0}, {"epsilon": 0.01}],
    "Adadelta": [{}, {"rho": 0.5}, {"epsilon": 0.01}],
    "Adam": [{}, {"beta_1": 0.5}, {"beta_2": 0.9}, {"epsilon": 0.1}, {"amsgrad": True}, {"adaptive_epsilon": True, "epsilon": 0.1}],
    "AdamW": [{}, {"weight_decay": 0.1}, {"amsgrad": True}],
    "Adamax": [{}, {"beta_1": 0.5}, {"beta_2": 0.9}],
    "Nadam": [{}, {"beta_1": 0.5}, {"epsilon": 0.01}],
    "Ftrl": [{}, {"l1_regularization_strength": 0.1}, {"l2_regularization_strength": 0.1}, {"beta": 0.1},
             {"l2_shrinkage_regularization_strength": 0.1}, {"learning_rate_power": -1.0}, {"initial_accumulator_value": 1.0}],
    "Lion": [{}, {"beta_1": 0.5}, {"beta_2": 0.5}],
    "Adafactor": [{}, {"relative_step": False}, {"clip_threshold": 0.5}, {"beta_2_decay": -0.5}],
}
_SHARED = {
    "clipnorm": {"clipnorm": 0.5}, "clipvalue": {"clipvalue": 0.3}, "global_clipnorm": {"global_clipnorm": 0.5},
    "weight_decay": {"weight_decay": 0.05}, "ema": {"use_ema": True, "ema_momentum": 0.5},
    "ema overwritten": {"use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 2},
    "clipped and decayed": {"global_clipnorm": 1.0, "weight_decay": 0.01, "use_ema": True},
    "clipped twice": {"clipnorm": 0.5, "clipvalue": 0.1},
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
    own = [(one.name, tuple(one.shape), one.dtype.name, one.numpy()) for one in optimizer.variables]
    return seen, own, int(optimizer.iterations), float(optimizer.learning_rate)


def _made(name, options):
    return getattr(tf.keras.optimizers, name)(_RATES.get(name, 0.01), name="o", **options)


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


@_of_each("of slices")
def _sparse(name):
    table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="table")
    optimizer = _made(name, {})
    for step in range(3):
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(tf.square(tf.gather(table, [0, 2, 0])) * (1.0 + step))
        optimizer.apply_gradients([(tape.gradient(loss, table), table)])
    return table.numpy(), [(one.name, one.numpy()) for one in optimizer.variables]


@_of_each("of a gradient of fewer axes")
def _narrow(name):
    w = tf.Variable([[1.0, -2.0], [3.0, 0.5]], name="w")
    getattr(tf.keras.optimizers, name)(0.1).apply_gradients([(tf.constant([1.0, 2.0]), w)])
    return w.numpy()


@_of_each("of a gradient of more axes")
def _wide(name):
    b = tf.Variable([1.0, -2.0], name="b")
    getattr(tf.keras.optimizers, name)(0.1).apply_gradients([(tf.constant([[1.0, 2.0], [3.0, 4.0]]), b)])
    return b.numpy()


@_of_each("configuration")
def _configuration(name):
    made = getattr(tf.keras.optimizers, name)
    again = made.from_config(made(0.1, clipnorm=2.0).get_config())
    return {key: str(value) for key, value in made().get_config().items()}, again.clipnorm, float(again.learning_rate)


@_of_each("of a variable that it does not know")
def _unknown(name):
    w, b = tf.Variable([1.0, 2.0], name="w"), tf.Variable([3.0], name="b")
    optimizer = getattr(tf.keras.optimizers, name)(0.1)
    optimizer.apply_gradients([(tf.ones(2), w)])
    try:
        optimizer.apply_gradients([(tf.ones(2), w), (tf.ones(1), b)])
    except KeyError as error:
        return str(error), w.numpy(), int(optimizer.iterations)
    return None


@_of_each("of one variable twice")
def _twice(name):
    w = tf.Variable([1.0, 2.0], name="w")
    optimizer = getattr(tf.keras.optimizers, name)(0.1)
    optimizer.apply_gradients([(tf.constant([1.0, 2.0]), w), (tf.constant([0.5, 2.0]), w)])
    return w.numpy(), int(optimizer.iterations)


def _sgd(*given, **named):
    return tf.keras.optimizers.SGD(*given, **named)


def _pair():
    return tf.Variable([[1.0, 2.0]], name="weight"), tf.Variable([3.0], name="bias")


@case
def empty_lists_do_nothing():
    optimizer = _sgd(0.1)
    exhausted = zip([tf.ones(1)], [tf.Variable([1.0])])
    list(exhausted)
    return repr(optimizer.apply_gradients([])), repr(optimizer.apply_gradients(exhausted)), len(optimizer.variables)


@case
def no_gradients_at_all():
    w, b = _pair()
    _sgd(0.1).apply_gradients([(None, w), (None, b)])


@case
def some_gradients_are_missing():
    w, b = _pair()
    optimizer = _sgd(0.1)
    for _ in range(2):
        optimizer.apply_gradients([(tf.ones([1, 2]), w), (None, b)])
    return w.numpy(), b.numpy(), [one.name for one in optimizer.variables]


@case
def what_apply_gradients_answers():
    w, b = _pair()
    optimizer = tf.keras.optimizers.Adam(0.1)
    answers = [repr(optimizer.apply_gradients([(tf.ones([1, 2]), w)], name="mine")) for _ in range(2)]
    return answers, [repr(one) for one in optimizer.variables], repr(optimizer.iterations), repr(optimizer.learning_rate)


@case
def aggregation_is_an_argument():
    w, b = _pair()
    optimizer = _sgd(0.1)
    optimizer.apply_gradients([(tf.ones([1, 2]), w), (None, b)], skip_gradients_aggregation=True)
    optimizer.apply_gradients([(tf.ones([1, 2]), w), (None, b)], experimental_aggregate_gradients=False)
    return w.numpy()


@case
def minimize_a_function():
    w, b = _pair()
    optimizer = _sgd(0.1)
    return optimizer.minimize(lambda: tf.reduce_sum(w * w) * b[0], [w, b]), w.numpy(), b.numpy()


@case
def minimize_with_a_tape():
    w, b = _pair()
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(w * w)
    _sgd(0.1).minimize(loss, [w], tape=tape)
    return w.numpy()


@case
def minimize_without_a_tape():
    w, b = _pair()
    _sgd(0.1).minimize(tf.reduce_sum(w * w), [w])


@case
def minimize_what_cannot_be_trained():
    w = tf.Variable([1.0, 2.0], trainable=False)
    _sgd(0.1).minimize(lambda: tf.reduce_sum(w * w), [w])
    return w.numpy()


@case
def a_tensor_instead_of_a_variable():
    _sgd(0.1).apply_gradients([(tf.ones(1), tf.ones(1))])


@case
def rates_can_be_set():
    optimizer = _sgd(0.1)
    seen = [float(optimizer.learning_rate)]
    optimizer.learning_rate = 0.5
    seen.append(float(optimizer.lr))
    optimizer.lr = 0.25
    optimizer.learning_rate.assign(optimizer.learning_rate * 2)
    w = tf.Variable([1.0])
    optimizer.apply_gradients([(tf.ones(1), w)])
    return seen, float(optimizer.learning_rate), w.numpy()


@case
def rates_of_every_form():
    return [float(_sgd(rate).learning_rate) for rate in
            (1, 0.5, np.float32(0.25), tf.constant(0.125), tf.Variable(2.0), lambda: 3.0)]


@case
def a_schedule_is_its_rate():
    optimizer = _sgd(tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5))
    w = tf.Variable([1.0])
    rates = []
    for _ in range(4):
        optimizer.apply_gradients([(tf.ones(1), w)])
        rates.append(float(optimizer.learning_rate))
    return rates, w.numpy(), optimizer.learning_rate.name


@case
def a_schedule_cannot_be_set():
    _sgd(tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5)).learning_rate = 0.1


def _wrong(name, **named):
    case(f"wrong {name} " + ", ".join(f"{key}={value}" for key, value in named.items()))(
        lambda: getattr(tf.keras.optimizers, name)(**named) and None)


for _name, _named in (
    ("SGD", {"lr": 0.5}), ("SGD", {"decay": 0.1}), ("SGD", {"foo": 1}), ("SGD", {"momentum": 2.0}), ("SGD", {"momentum": -1}),
    ("SGD", {"clipnorm": 1.0, "global_clipnorm": 1.0}), ("SGD", {"use_ema": True, "ema_momentum": 2.0}),
    ("SGD", {"use_ema": True, "ema_overwrite_frequency": 0.5}), ("Ftrl", {"learning_rate_power": 1.0}),
    ("Ftrl", {"initial_accumulator_value": -1.0}), ("Lion", {"beta_1": 0.0}), ("AdamW", {"weight_decay": None}),
    ("Ftrl", {"l1_regularization_strength": -1.0}), ("SGD", {"gradient_transformers": []}),
):
    _wrong(_name, **_named)


@case
def clipping_by_nothing_is_none():
    w = tf.Variable([1.0])
    _sgd(0.1, clipnorm=0.0, clipvalue=0.0).apply_gradients([(tf.ones(1), w)])
    return w.numpy()


@case
def not_a_number_is_applied():
    w, b = _pair()
    _sgd(0.1, global_clipnorm=1.0).apply_gradients([(tf.constant([[1.0, np.nan]]), w), (tf.ones(1), b)])
    return w.numpy(), b.numpy()


@case
def constraints_come_last():
    w = tf.Variable([1.0, -1.0], constraint=tf.nn.relu)
    _sgd(0.1).apply_gradients([(tf.ones(2), w)])
    return w.numpy()


@case
def weights_that_do_not_decay():
    w, b = _pair()
    optimizer = _sgd(0.1, weight_decay=0.5)
    optimizer.exclude_from_weight_decay(var_names=["bias"])
    optimizer.apply_gradients([(tf.zeros([1, 2]), w), (tf.zeros(1), b)])
    return w.numpy(), b.numpy()


@case
def exclusions_come_too_late():
    w, b = _pair()
    optimizer = _sgd(0.1)
    optimizer.build([w, b])
    optimizer.exclude_from_weight_decay(var_list=[w])


@case
def built_before_the_first_step():
    w, b = _pair()
    optimizer = tf.keras.optimizers.Adam(0.1)
    optimizer.build([w, b])
    optimizer.apply_gradients([(tf.ones(1), b)])
    return [one.name for one in optimizer.variables()], b.numpy()


@case
def averages_are_final():
    w, b = _pair()
    optimizer = _sgd(1.0, use_ema=True, ema_momentum=0.5)
    for _ in range(3):
        optimizer.apply_gradients([(tf.ones(1), b)])
    optimizer.finalize_variable_values([b])
    return b.numpy()


@case
def weights_are_set():
    w, b = _pair()
    optimizer = _sgd(0.1, momentum=0.5)
    optimizer.build([b])
    optimizer.set_weights([np.array(7), np.array([2.0], "float32")])
    optimizer.apply_gradients([(tf.ones(1), b)])
    return b.numpy(), int(optimizer.iterations)


@case
def weights_are_set_too_early():
    _sgd(0.1).set_weights([])


@case
def an_optimizer_of_the_script():
    class Mine(tf.keras.optimizers.Optimizer):
        def __init__(self, learning_rate=0.1, name="Mine", **kwargs):
            super().__init__(name, **kwargs)
            self._learning_rate = self._build_learning_rate(learning_rate)

        def build(self, var_list):
            super().build(var_list)
            if getattr(self, "_built", False):
                return
            self.sums = [self.add_variable_from_reference(each, "sum") for each in var_list]
            self._built = True

        def update_step(self, gradient, variable):
            total = self.sums[self._index_dict[self._var_key(variable)]]
            total.assign_add(gradient)
            variable.assign_sub(total * self.learning_rate)

    w, b = _pair()
    optimizer = Mine()
    for _ in range(2):
        optimizer.apply_gradients([(tf.ones([1, 2]), w), (tf.ones(1), b)])
    return w.numpy(), b.numpy(), [(one.name, one.numpy()) for one in optimizer.variables]


@case
def found_by_name():
    return [type(tf.keras.optimizers.get(name)).__name__ for name in ("sgd", "Adam", "RMSprop", "nadam")]


@case
def serialized():
    made = tf.keras.optimizers.serialize(_sgd(0.5, momentum=0.25))
    again = tf.keras.optimizers.deserialize(made)
    return {key: str(value) for key, value in made.items() if key != "config"}, again.momentum, float(again.learning_rate)


@case
def unknown_names():
    tf.keras.optimizers.get(3)


@case
def steps_of_bfloat16():
    seen = []
    for home in (tf.keras.optimizers, tf.keras.optimizers.legacy):
        for name in ("SGD", "Adam", "Adagrad", "Ftrl"):
            v = tf.Variable(tf.cast([1.0, 2.0], tf.bfloat16))
            getattr(home, name)(0.125).apply_gradients([(tf.cast([1.0, 2.0], tf.bfloat16), v)])
            seen.append(tf.cast(v, tf.float32))
    return seen


def _of_another_float(name, options, own, given, sliced):
    v, optimizer = tf.Variable([[1.0, 2.0], [3.0, 4.0]], dtype=own), _made(name, options)
    gradient = tf.constant([[1.0, -2.0]] * (1 if sliced else 2), given)
    optimizer.apply_gradients([(tf.IndexedSlices(gradient, tf.constant([1]), tf.constant([2, 2])) if sliced else gradient, v)])


for _name, _options in (
    ("SGD", {"momentum": 0.5}), ("RMSprop", {"centered": True}), ("Adagrad", {}), ("Adadelta", {}), ("Adam", {}), ("AdamW", {}),
    ("Adamax", {}), ("Nadam", {}), ("Ftrl", {}), ("Lion", {}), ("Adafactor", {}),
):
    for _own, _given in (("float32", "float64"), ("float16", "float32")):
        for _sliced in (False, True):
            @case(f"{_name} {_options} refuses {_given} for {_own}{' in slices' if _sliced else ''}")
            def refused(_name=_name, _options=_options, _own=_own, _given=_given, _sliced=_sliced):
                _of_another_float(_name, _options, _own, _given, _sliced)
