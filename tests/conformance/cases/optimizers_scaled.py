# SPDX-License-Identifier: Apache-2.0
# keras: 2
# LossScaleOptimizer before Keras 3, around an optimizer of either generation.
LS = tf.keras.mixed_precision.LossScaleOptimizer
_INNER = {
    "SGD": lambda: tf.keras.optimizers.SGD(1.0), "Adam": lambda: tf.keras.optimizers.Adam(0.1),
    "legacy SGD": lambda: tf.keras.optimizers.legacy.SGD(1.0), "legacy Adam": lambda: tf.keras.optimizers.legacy.Adam(0.1),
}

tf.keras.mixed_precision.set_global_policy("mixed_float16")  # Keras 2 says once that it is slow without a graphics card
tf.keras.mixed_precision.set_global_policy("float32")


def _of_each(kind):
    def register(function):
        for name, make in _INNER.items():
            case(f"{name} {kind}")(lambda make=make: function(make))
        return function
    return register


def _raised(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__, str(error).split(" object at ")[0]


@_of_each("by hand, with a gradient that is not finite")
def _by_hand(make):
    optimizer, v = LS(make()), tf.Variable(2.0)
    seen = [type(optimizer).__name__, isinstance(optimizer, LS), optimizer.loss_scale, optimizer.initial_scale, optimizer.dynamic]
    seen += [optimizer.get_scaled_loss(tf.constant(2.0)), optimizer.get_unscaled_gradients([tf.constant(65536.0), None])]
    for gradient in (1.0, np.inf, np.nan, 1.0):
        optimizer.apply_gradients([(tf.constant(gradient), v)])
        seen += [v.numpy(), optimizer.loss_scale, int(optimizer.iterations), int(optimizer.dynamic_counter)]
    return seen


@_of_each("that grows")
def _grows(make):
    optimizer, v, seen = LS(make(), initial_scale=2.0, dynamic_growth_steps=2), tf.Variable(2.0), []
    for _ in range(5):
        with tf.GradientTape() as tape:
            loss = optimizer.get_scaled_loss(v * v)
        optimizer.apply_gradients(zip(optimizer.get_unscaled_gradients(tape.gradient(loss, [v])), [v]))
        seen += [v.numpy(), optimizer.loss_scale, int(optimizer.dynamic_counter)]
    return seen


@_of_each("with one scale")
def _fixed(make):
    optimizer, v = LS(make(), dynamic=False, initial_scale=8.0), tf.Variable(2.0)
    optimizer.minimize(lambda: v * v, [v])
    return v.numpy(), optimizer.loss_scale, optimizer.dynamic_counter, optimizer.dynamic_growth_steps, optimizer.get_config()


@_of_each("forgotten")
def _forgotten(make):
    optimizer, v = LS(make()), tf.Variable(2.0)
    optimizer.apply_gradients([(tf.constant(1.0), v)])
    optimizer.get_unscaled_gradients([tf.constant(1.0)])
    optimizer.apply_gradients([(tf.constant(1.0), v)])
    return v.numpy()


@_of_each("made wrongly")
def _wrong(make):
    inner = make()
    optimizer = LS(inner)
    return [_raised(call) for call in (
        lambda: LS(inner), lambda: LS(optimizer), lambda: LS("sgd"), lambda: LS(make(), dynamic=1), lambda: LS(make(), dynamic=False),
        lambda: LS(make(), dynamic=False, initial_scale=1.0, dynamic_growth_steps=3), lambda: optimizer.nothing,
    )]


@_of_each("whose rate is set")
def _set(make):
    optimizer = LS(make())
    optimizer.learning_rate = 0.25
    before = float(optimizer.learning_rate), float(optimizer.inner_optimizer.learning_rate)
    optimizer.lr = 0.5
    return before, float(optimizer.lr)


@_of_each("of halves")
def _halves(make):
    optimizer, v = LS(make(), initial_scale=4.0), tf.Variable([1.0, 2.0], dtype=tf.float16)
    gradients = optimizer.get_unscaled_gradients([tf.constant([4.0, 8.0], tf.float16)])
    optimizer.get_scaled_loss(tf.constant(1.0))
    optimizer.apply_gradients(zip(gradients, [v]))
    optimizer.apply_gradients([(tf.constant([np.nan, 1.0], tf.float16), v)])
    return v.numpy(), optimizer.loss_scale


@_of_each("that a model makes of its policy")
def _model(make):
    tf.keras.mixed_precision.set_global_policy("mixed_float16")
    try:
        start = tf.keras.layers.Input(shape=(1,))
        model = tf.keras.Model(start, tf.keras.layers.Dense(1, kernel_initializer="ones")(start))
        model.compile(make(), "mse", run_eagerly=True)
        model.fit(tf.constant([[1.0], [2.0]]), tf.constant([[3.0], [4.0]]), epochs=2, verbose=0)
        return type(model.optimizer).__name__, model.get_weights(), int(model.optimizer.iterations), model.optimizer.loss_scale
    finally:
        tf.keras.mixed_precision.set_global_policy("float32")
