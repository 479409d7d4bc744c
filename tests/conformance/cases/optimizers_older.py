# SPDX-License-Identifier: Apache-2.0
# keras: 2
# What scripts do with optimizers before Keras 3 beside steps: models, schedules, classes that extend a rule, checkpoints.
O = tf.keras.optimizers
S = O.schedules
G = O.legacy

_NEW = {
    "Nadam": {},
    "Adadelta": {"use_ema": True, "ema_overwrite_frequency": None}, "Adagrad": {}, "Adafactor": {}, "Adam": {}, "Adamax": {},
    "AdamW": {"weight_decay": 0.004}, "Ftrl": {}, "Lion": {}, "RMSprop": {"momentum": 0.5},
    "SGD": {"weight_decay": 0.004, "use_ema": True, "ema_overwrite_frequency": 1},
}
_OLD = {
    "Adadelta": [{}], "Adagrad": [{}], "Adam": [{}, {"amsgrad": True}], "Adamax": [{}],
    "Ftrl": [{}, {"l2_shrinkage_regularization_strength": 0.1}], "SGD": [{}, {"momentum": 0.5}], "Nadam": [{}],
    "RMSprop": [{}, {"centered": True}, {"momentum": 0.5}, {"momentum": 0.5, "centered": True}],
}
_SCHEDULES = {
    "exponential": (lambda: S.ExponentialDecay(0.05, 10, 0.96), 0, 5, 12),
    "exponential in stairs": (lambda: S.ExponentialDecay(0.1, 3, 0.96, staircase=True), 1, 2, 100),
    "exponential of doubles": (lambda: S.ExponentialDecay(np.float64(0.1), 3, 0.96), 1, 2, 100),
    "exponential of integers": (lambda: S.ExponentialDecay(1, 2, 3), 1),
    "pieces": (lambda: S.PiecewiseConstantDecay([100, 110, 120], [1.0, 0.1, 0.01, 0.001]), -999, 100, 105, 110, 120, 999),
    "pieces at fractions": (lambda: S.PiecewiseConstantDecay([1.5, 2.5], [1.0, 0.1, 0.01]), 0, 1, 2, 3),
    "pieces of integers": (lambda: S.PiecewiseConstantDecay([1], [1, 2]), 0, 1, 2),
    "polynomial": (lambda: S.PolynomialDecay(0.05, 10, 0.001), 5, 10, 15),
    "polynomial again and again": (lambda: S.PolynomialDecay(0.05, 10, 0.001, power=0.5, cycle=True), 0, 5, 10, 15, 20, 21),
    "polynomial of integers": (lambda: S.PolynomialDecay(1, 2), 1),
    "inverse": (lambda: S.InverseTimeDecay(0.1, 10, 0.96), *range(0, 11, 3)),
    "inverse in stairs": (lambda: S.InverseTimeDecay(0.1, 10, 0.96, True), *range(0, 30, 7)),
    "cosine": (lambda: S.CosineDecay(1.0, 1000, 0.1), *range(0, 1500, 250)),
    "cosine of doubles": (lambda: S.CosineDecay(np.float64(1.0), 1000), *range(0, 1500, 250)),
    "cosine that warms up": (lambda: S.CosineDecay(0.0, 1000, warmup_target=10.0, warmup_steps=2000), *range(0, 3001, 500)),
    "cosine that only warms up": (lambda: S.CosineDecay(0.0, 0, warmup_target=10.0, warmup_steps=1500), *range(0, 1500, 250)),
    "restarts": (lambda: S.CosineDecayRestarts(1.0, 1000, m_mul=0.9, alpha=0.1), *range(0, 3500, 250)),
    "restarts of one length": (lambda: S.CosineDecayRestarts(np.float64(1.0), 1000, t_mul=1.0), *range(0, 3500, 250)),
}


def _kept(optimizer):
    variables = optimizer.variables() if callable(optimizer.variables) else optimizer.variables
    return [(tuple(one.shape), one.numpy()) for one in variables], int(optimizer.iterations)


def _fitted(optimizer):
    start = tf.keras.layers.Input(shape=(1,))
    model = tf.keras.Model(start, tf.keras.layers.Dense(1, kernel_initializer="ones")(start))
    x = tf.constant([[1.0], [1.0], [1.0], [0.0], [0.0], [0.0]])
    model.compile(loss="mse", optimizer=optimizer, run_eagerly=True)
    seen = model.fit(x, x * 2, verbose=0, epochs=3, batch_size=6)
    return np.array(seen.history["loss"], np.float32), model.get_weights(), _kept(optimizer)


def _by_hand(optimizer):
    model = tf.keras.Sequential([tf.keras.layers.Input(shape=(2,)), tf.keras.layers.Dense(1, kernel_initializer="ones")])
    x = tf.constant([[1.0, 2.0], [3.0, -1.0]])

    @tf.function(autograph=False)
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(model(x) - 1.0))
        optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
        return loss

    return [step().numpy() for _ in range(3)], model.get_weights(), _kept(optimizer)


def _extended(name, options):
    kind = getattr(G, name)

    class Extended(kind):
        def _resource_apply_dense(self, grad, var):
            return super()._resource_apply_dense(grad * 2.0, var)

        def _resource_apply_sparse(self, grad, var, indices):
            return super()._resource_apply_sparse(grad * 2.0, var, indices)

    rows, weights = tf.Variable([[1.0, 2.0], [1.0, 1.0]], name="e"), tf.Variable([[1.0], [2.0]], name="w")
    optimizer = Extended(learning_rate=0.1, **options)
    for _ in range(3):
        optimizer.minimize(lambda: tf.nn.embedding_lookup(rows, [0, 0, 1]) @ weights, [rows, weights])
    return rows.numpy(), weights.numpy(), [one.name for one in optimizer.variables()], optimizer.get_slot_names()


def _scheduled(make, *steps):
    schedule, counter = make(), tf.Variable(0, dtype=tf.int64)
    seen = []
    for step in steps:
        counter.assign(step)
        seen += [schedule(step), schedule(counter), schedule(tf.constant(float(step)))]
    again = S.deserialize(S.serialize(schedule))
    return seen, schedule.get_config(), [again(step) for step in steps]


for _name, _options in _NEW.items():
    case(f"fit {_name}")(lambda n=_name, o=_options: _fitted(getattr(O, n)(0.01, **o)))
for _name, _each in _OLD.items():
    for _options in _each:
        _label = " ".join(["legacy", _name, *_options])
        case(f"fit {_label}")(lambda n=_name, o=_options: _fitted(getattr(G, n)(0.01, **o)))
        case(f"extended {_label}")(lambda n=_name, o=_options: _extended(n, o))
for _name in ("SGD", "Adam"):
    case(f"step in a function {_name}")(lambda n=_name: _by_hand(getattr(O, n)(0.01, **_NEW[n])))
    case(f"step in a function legacy {_name}")(lambda n=_name: _by_hand(getattr(G, n)(0.01)))
for _name, _row in _SCHEDULES.items():
    case(f"schedule {_name}")(lambda row=_row: _scheduled(*row))


@case
def extended_of_keras_2():
    class Doubled(O.Adam):
        def update_step(self, gradient, variable):
            super().update_step(gradient * 2.0, variable)

    optimizer, v = Doubled(0.1), tf.Variable([1.0, 2.0], name="v")
    for _ in range(3):
        optimizer.apply_gradients([(tf.constant([0.5, -1.0]), v)])
    return v.numpy(), [(one.name, one.numpy()) for one in optimizer.variables]


@case
def class_of_its_own():
    class Mine(O.Optimizer):
        def __init__(self, learning_rate=0.1, name="Mine", **kwargs):
            super().__init__(name=name, **kwargs)
            self._learning_rate = self._build_learning_rate(learning_rate)

        def build(self, var_list):
            super().build(var_list)
            if not getattr(self, "_built", False):
                self._built = True
                self.ms = [self.add_variable_from_reference(v, "m") for v in var_list]

        def update_step(self, gradient, variable):
            m = self.ms[self._index_dict[self._var_key(variable)]]
            m.assign_add(gradient)
            variable.assign_sub(tf.cast(self.learning_rate, variable.dtype) * m)

        def get_config(self):
            return {**super().get_config(), "learning_rate": self._serialize_hyperparameter(self._learning_rate)}

    optimizer, v = Mine(), tf.Variable([1.0, 2.0], name="v")
    for _ in range(2):
        optimizer.apply_gradients([(tf.constant([1.0, 1.0]), v)])
    return v.numpy(), [one.name for one in optimizer.variables], optimizer.get_config()


@case
def gradients_that_are_lists():
    v = tf.Variable([1.0, 2.0])
    G.SGD(3.0).apply_gradients([([0.1, 0.1], v)])
    return v.numpy()


@case
def optimizer_restored_before_it_is_built():
    x, gradient = tf.Variable([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[1.0, 2.0], [3.0, 4.0]])
    optimizer = O.Adam(0.1, beta_1=0.8)
    optimizer.apply_gradients([(gradient, x)])
    path = tf.train.Checkpoint(var=x, optimizer=optimizer).save("older/a")
    other, y = O.Adam(0.1, beta_1=0.8), tf.Variable([[0.0, 0.0], [0.0, 0.0]])
    tf.train.Checkpoint(var=y, optimizer=other).restore(path)
    other.apply_gradients([(gradient, y)])
    return y.numpy(), _kept(other)


def _nadam_again(make):
    x, y, gradient = tf.Variable([1.0, 2.0]), tf.Variable([0.0, 0.0]), tf.constant([0.5, -1.0])
    first, second = make(), make()
    for _ in range(3):
        first.apply_gradients([(gradient, x)])
    path = tf.train.Checkpoint(var=x, optimizer=first).save("older/n")
    tf.train.Checkpoint(var=y, optimizer=second).restore(path)
    for _ in range(2):
        second.apply_gradients([(gradient, y)])
    return y.numpy()


@case
def rate_in_a_checkpoint():
    x, first, second = tf.Variable([1.0, 2.0]), O.Nadam(0.1), O.Nadam(0.7)
    first.apply_gradients([(tf.constant([0.5, -1.0]), x)])
    path = tf.train.Checkpoint(optimizer=first).save("older/r")
    tf.train.Checkpoint(optimizer=second).restore(path).expect_partial()
    return second.learning_rate.numpy(), tf.train.list_variables(path)


@case
def nadam_restored_before_it_is_built():
    return _nadam_again(lambda: O.Nadam(0.1))


@case
def older_nadam_restored_before_it_is_built():
    return _nadam_again(lambda: G.Nadam(0.1))


@case
def minimize_with_the_variables_of_a_model():
    model = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer="ones", input_shape=(2,))])
    said = []
    for optimizer in (O.Adam(0.1), G.Adam(0.1)):
        optimizer.minimize(lambda: tf.reduce_mean(model(tf.ones((3, 2))) ** 2), model.trainable_variables)
        said.append(model.get_weights()[0].ravel())
    return said


@case
def compiled_with_metrics_in_third_place():
    model = tf.keras.Sequential([tf.keras.layers.Dense(1, kernel_initializer="ones", input_shape=(2,))])
    model.compile("sgd", "mse", ["mae"])
    return sorted(model.fit(np.ones((4, 2)), np.zeros((4, 1)), verbose=0).history)


@case
def complex_numbers():
    a, b = tf.Variable([1.0, 2.0], dtype=tf.complex64), tf.Variable([3.0, 4.0], dtype=tf.complex64)
    G.SGD(3.0).minimize(lambda: 5 * a + 3 * b, var_list=[a, b])
    return a.numpy(), b.numpy()


@case
def weights_of_an_older_adam():
    optimizer, v = G.Adam(0.1), tf.Variable([1.0, 2.0], name="v")
    optimizer.minimize(lambda: 3 * v, [v])
    optimizer.set_weights([np.array(5), np.array([0.1, 0.2]), np.array([0.3, 0.4]), np.array([7.0, 7.0])])
    return _kept(optimizer)


@case
def attributes_of_a_legacy_optimizer():
    listed = dir(G.SGD(1.0, momentum=0.1))
    return [name in listed for name in ("learning_rate", "lr", "momentum", "nesterov", "minimize", "decay")]


@case
def rate_that_is_text():
    return O.Adam("a")


@case
def lion_by_name():
    return O.get("lion")


@case
def schedule_of_the_script_in_a_configuration():
    class Halving(S.LearningRateSchedule):
        def __call__(self, step):
            return 1.0 / (tf.cast(step, tf.float32) + 1.0)

        def get_config(self):
            return {"a": 1}

    return O.SGD(Halving()).get_config()


@case
def nadam_in_a_function_and_outside():
    v, w, optimizer, seen = tf.Variable([1.0, 2.0]), tf.Variable(3.0), O.Nadam(0.1), []

    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(v * v) * w
        optimizer.apply_gradients(zip(tape.gradient(loss, [v, w]), [v, w]))

    traced = tf.function(step, autograph=False)
    for one in (traced, traced, traced, step, step, traced):
        one()
        seen += [v.numpy(), w.numpy()]
    return seen


@case
def nadam_that_a_model_compiles():
    start = tf.keras.layers.Input(shape=(1,))
    model = tf.keras.Model(start, tf.keras.layers.Dense(1, kernel_initializer="ones")(start))
    model.compile(O.Nadam(0.02), "mse")
    model.fit(tf.constant([[1.0], [2.0], [3.0]]), tf.constant([[3.0], [6.0], [9.0]]), epochs=4, verbose=0)
    return model.get_weights()
