# SPDX-License-Identifier: Apache-2.0
# Every optimizer of Keras 3 over five steps, with each of its numbers and with the options of all, alone and combined.

_RATES = {"SGD": 0.1, "Adadelta": 1.0, "Ftrl": 0.5}
_OWN = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}],
    "RMSprop": [{}, {"rho": 0.5}, {"momentum": 0.9}, {"centered": True}, {"momentum": 0.5, "centered": True}, {"epsilon": 0.1}],
    "Adagrad": [{}, {"initial_accumulator_value": 0.0}, {"epsilon": 0.01}],
    "Adadelta": [{}, {"rho": 0.5}, {"epsilon": 0.01}],
    "Adam": [{}, {"beta_1": 0.5}, {"beta_2": 0.9}, {"epsilon": 0.1}, {"amsgrad": True}],
    "AdamW": [{}, {"weight_decay": 0.1}, {"amsgrad": True}],
    "Adamax": [{}, {"beta_1": 0.5}, {"beta_2": 0.9}],
    "Nadam": [{}, {"beta_1": 0.5}, {"epsilon": 0.01}],
    "Ftrl": [{}, {"l1_regularization_strength": 0.1}, {"l2_regularization_strength": 0.1}, {"beta": 0.1},
             {"l2_shrinkage_regularization_strength": 0.1}, {"learning_rate_power": -1.0}, {"initial_accumulator_value": 1.0}],
    "Lion": [{}, {"beta_1": 0.5}, {"beta_2": 0.5}],
    "Lamb": [{}, {"beta_1": 0.5}, {"epsilon": 0.01}],
    "Adafactor": [{}, {"relative_step": False}, {"clip_threshold": 0.5}, {"beta_2_decay": -0.5}],
    "Muon": [{}, {"nesterov": False}, {"rms_rate": None}, {"adam_lr_ratio": 0.5}],
    "ScheduleFreeAdamW": [{}, {"beta_1": 0.5}, {"beta_2": 0.9}, {"epsilon": 0.1}, {"warmup_steps": 3}],
}
_SHARED = {
    "clipnorm": {"clipnorm": 0.5}, "clipvalue": {"clipvalue": 0.3}, "global_clipnorm": {"global_clipnorm": 0.5},
    "weight_decay": {"weight_decay": 0.05}, "ema": {"use_ema": True, "ema_momentum": 0.5},
    "ema overwritten": {"use_ema": True, "ema_momentum": 0.9, "ema_overwrite_frequency": 2},
    "accumulated": {"gradient_accumulation_steps": 2}, "scaled": {"loss_scale_factor": 8.0},
    "clipped and decayed": {"global_clipnorm": 1.0, "weight_decay": 0.01, "use_ema": True},
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
    own = [(one.path, tuple(one.shape), one.numpy()) for one in optimizer.variables]
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


def _sparse(name):
    def run():
        table = tf.Variable([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], name="table")
        optimizer = _made(name, {})
        for step in range(3):
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(tf.square(tf.gather(table, [0, 2, 0])) * (1.0 + step))
            optimizer.apply_gradients([(tape.gradient(loss, table), table)])
        return table.numpy(), [one.numpy() for one in optimizer.variables]

    case(f"{name} sparse")(run)


def _refused(name):
    def run():
        optimizer = _made(name, {})
        return optimizer.apply_gradients([(tf.constant([1.0, 2.0, 3.0]), tf.Variable([1.0, 2.0], name="v"))])

    case(f"{name} of another shape")(run)


def _constructor(name):
    def run():
        optimizer = getattr(tf.keras.optimizers, name)()
        return optimizer.name, sorted(optimizer.get_config().items()), [one.path for one in optimizer.variables]

    case(f"{name} as it comes")(run)


for _name in _OWN:
    _sparse(_name)
    _refused(_name)
    _constructor(_name)


@case("LossScaleOptimizer steps")
def scaled_steps():
    optimizer = tf.keras.optimizers.LossScaleOptimizer(
        tf.keras.optimizers.SGD(0.1, name="i"), initial_scale=8.0, dynamic_growth_steps=2, name="o")
    v, seen = tf.Variable([1.0, 2.0], name="v"), []
    for factor in (1.0, 2.0, float("inf"), 1.0, 1.0):
        with tf.GradientTape() as tape:
            loss = optimizer.scale_loss(tf.reduce_sum(v * v) * factor)
        optimizer.apply_gradients([(tape.gradient(loss, v), v)])
        seen.append((v.numpy(), float(optimizer.dynamic_scale), int(optimizer.step_counter), int(optimizer.iterations)))
    return seen


@case("LossScaleOptimizer refusals")
def scaled_refusals():
    said = []
    for options in ({"dynamic": False}, {"clipnorm": 1.0}, {"foo": 1}):
        try:
            tf.keras.optimizers.LossScaleOptimizer(tf.keras.optimizers.SGD(), **options)
        except ValueError as error:
            said.append(str(error))
    return said


@case("legacy optimizers")
def legacy_ones():
    tf.keras.optimizers.legacy.Adam(0.1)


@case("getting by name")
def by_name():
    made = [tf.keras.optimizers.get(name) for name in ("sgd", "Adam", "rmsprop", "adamw")]
    again = tf.keras.optimizers.deserialize(tf.keras.optimizers.serialize(tf.keras.optimizers.Adam(0.25, beta_1=0.5)))
    return [type(one).__name__ for one in made], float(again.learning_rate), again.beta_1


@case("getting what is none")
def by_wrong_name():
    tf.keras.optimizers.get(3)


@case("options that are refused")
def refused_options():
    said = []
    for options in ({"clipnorm": 1.0, "clipvalue": 1.0}, {"gradient_accumulation_steps": 1}, {"momentum": 2.0}, {"foo": 1},
                    {"use_ema": True, "ema_momentum": 2.0}, {"learning_rate": 1}, {"use_ema": True, "ema_overwrite_frequency": 0.5}):
        try:
            tf.keras.optimizers.SGD(**options)
            said.append("taken")
        except ValueError as error:
            said.append(str(error))
    return said


@case("excluded from weight decay")
def excluded():
    optimizer = tf.keras.optimizers.AdamW(0.1, weight_decay=0.5)
    optimizer.exclude_from_weight_decay(var_names=["b"])
    variables = _variables()
    optimizer.build(variables)
    optimizer.apply_gradients(zip(_gradients(variables, 0), variables))
    return [one.numpy() for one in variables]


@case("a class of ones own")
def own_class():
    class Signs(tf.keras.optimizers.Optimizer):
        def update_step(self, gradient, variable, learning_rate):
            self.assign_sub(variable, tf.sign(gradient) * tf.cast(learning_rate, variable.dtype))

    optimizer, v = Signs(learning_rate=0.5, name="signs"), tf.Variable([1.0, -2.0], name="v")
    for _ in range(2):
        optimizer.apply_gradients([(tf.constant([3.0, -1.0]), v)])
    return v.numpy(), int(optimizer.iterations)


@case("weights of another one")
def weights_of_another():
    variable = tf.keras.Variable([[1.0, 2.0], [3.0, 4.0]])
    first, second = tf.keras.optimizers.Adam(), tf.keras.optimizers.Adam()
    first.apply_gradients([(tf.constant([[1.0, 2.0], [3.0, 4.0]]), variable)])
    second.build([variable])
    second.set_weights(first.variables)
    return [tf.convert_to_tensor(each) for each in second.variables]


for _steps in (None, 2):
    @case(f"a gradient that is the value, accumulated over {_steps}")
    def overwritten(_steps=_steps):
        marked, other = tf.keras.Variable([1.0, 2.0]), tf.keras.Variable([1.0, 2.0])
        marked.overwrite_with_gradient = True
        optimizer = tf.keras.optimizers.SGD(1.0, clipnorm=0.5, gradient_accumulation_steps=_steps)
        values = []
        for factor in (1.0, 3.0, 2.0):
            optimizer.apply_gradients([(factor * tf.ones(2), marked), (factor * tf.ones(2), other)])
            values += [tf.convert_to_tensor(marked), tf.convert_to_tensor(other)]
        return values


@case("a gradient that is the value, of a scaled loss")
def overwritten_unscaled():
    marked, other = tf.keras.Variable([1.0, 2.0]), tf.keras.Variable([1.0, 2.0])
    marked.overwrite_with_gradient = True
    optimizer = tf.keras.optimizers.LossScaleOptimizer(tf.keras.optimizers.SGD(0.5))
    optimizer.apply([tf.constant([7.0, 8.0]), 2.0**15 * tf.ones(2)], [marked, other])
    return [tf.convert_to_tensor(marked), tf.convert_to_tensor(other)]


@case
def a_rate_of_ones_own_holds_in_each_step():
    class Own(tf.keras.optimizers.SGD):
        learning_rate = property(lambda self: 0.5)

    v, optimizer, seen = tf.Variable(1.0), Own(0.1), []
    for _ in range(3):
        optimizer.apply_gradients([(tf.constant(1.0), v)])
        seen.append(float(v))
    return seen
