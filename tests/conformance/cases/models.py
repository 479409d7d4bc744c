# SPDX-License-Identifier: Apache-2.0
# Models of Keras: Sequential, functional and subclassed; their variables, summaries and complaints; and whole training
# scripts, as people write them.
K, L = tf.keras, tf.keras.layers


class Linear(L.Layer):
    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros")

    def call(self, inputs):
        return tf.matmul(inputs, self.w) + self.b


class Net(K.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.first = L.Dense(4, activation="relu")
        self.rest = [Linear(3), L.Dense(1)]
        self.drop = L.Dropout(0.4)

    def call(self, x, training=False):
        x = self.drop(self.first(x), training=training)
        for layer in self.rest:
            x = layer(x)
        return x


class Penalty(L.Layer):
    def call(self, inputs):
        self.add_loss(0.1 * tf.reduce_mean(tf.square(inputs)))
        return inputs


class Nested(L.Layer):
    def __init__(self):
        super().__init__()
        self.parts = {"a": L.Dense(2), "b": [L.Dense(3), Penalty()]}
        self.plain = tf.Variable(2.0)

    def call(self, x):
        x = self.parts["a"](x)
        for layer in self.parts["b"]:
            x = layer(x)
        return x * self.plain


class Module(tf.Module):
    def __init__(self):
        super().__init__(name="module")
        self.dense = L.Dense(2)
        self.v = tf.Variable(1.0)

    def __call__(self, x):
        return self.dense(x) * self.v


class Silent(L.Layer):
    def __init__(self):
        pass


class Forgot(L.Layer):
    def __init__(self):
        self.x = L.Dense(1)


class Late(L.Layer):
    def call(self, x):
        self.d = L.Dense(1)
        return self.d(x)


class NoCall(K.Model):
    pass


X = tf.constant(np.sin(np.arange(24) * 1.3).reshape(8, 3).astype("float32"))
Y = tf.reduce_sum(X, axis=1, keepdims=True)
LABELS = np.array([0, 1, 1, 0, 2, 1, 0, 2])


def called(model, x=X, **options):
    """What a model gives, its variables under their paths, and how it prints."""
    y = model(x, **options)
    return y, [(v.path, v.numpy()) for v in model.weights], [v.path for v in model.trainable_variables], repr(model)


def shown(model):
    model.summary()


def both(*layers, **options):
    model = K.Sequential(list(layers), **options)
    model(X)
    return model


def two_inputs():
    a, b = K.Input((3,), name="a"), K.Input((3,), name="b")
    c = L.Dense(2, name="c")(L.Concatenate()([a, b]))
    return K.Model([a, b], [c, L.Add(name="d")([c, L.Dense(2, name="e")(a)])], name="two")


def shared():
    a = K.Input((3,))
    layer = L.Dense(3, name="twice")
    return K.Model(a, layer(layer(a)))


def inside():
    a = K.Input((3,), name="a")
    inner = K.Sequential([L.Input((3,)), L.Dense(4, name="x"), L.ReLU()], name="inner")
    return K.Model(a, L.Dense(1, name="y")(inner(a)), name="outer")


def frozen():
    base = both(L.Dense(4), L.Dense(2))
    base.trainable = False
    model = K.Sequential([base, L.Dense(1)])
    model(X)
    return [v.path for v in model.trainable_variables], [v.path for v in model.non_trainable_variables], base.layers[0].trainable


def transferred():
    one, other = both(L.Dense(4), L.Dense(2)), both(L.Dense(4), L.Dense(2))
    other.set_weights(one.get_weights())
    return one(X) - other(X), [v.path for v in other.weights]


def without(function):
    """What an expression raises or prints, without what is random in its text."""
    return function()


_TEXTS = """called(K.Sequential([L.Dense(4, "relu"), L.Dropout(0.5), L.Dense(1)]))|called(K.Sequential([L.Input((3,)), L.Dense(2)]))
called(K.Sequential([L.Dense(4), L.Dropout(0.5)]), training=True)|called(Net())|called(Net(name="mine"), training=True)
called(Linear(2))|called(K.Sequential([Linear(2), Linear(1)]))|called(Nested())|called(two_inputs(), [X, X])|called(shared())|called(inside())
called(two_inputs(), {"a": X, "b": X})|called(K.Model(*(lambda i: (i, i * 2 + 1))(K.Input((3,)))))|called(K.Sequential([inside(), L.Dense(2)]))
called(K.Model(*(lambda i: (i, {"p": L.Dense(1)(i), "q": Linear(2)(i)}))(K.Input((3,)))))|called(K.Sequential([L.Lambda(tf.sin), L.Dense(1)]))
shown(both(L.Dense(4), L.Dropout(0.2), L.Dense(1)))|shown(K.Sequential([L.Dense(2)]))|shown(K.Sequential([L.Input((3,)), L.Dense(2), L.BatchNormalization()]))
shown(two_inputs())|shown(shared())|shown(inside())|inside().summary(expand_nested=True)|inside().summary(show_trainable=True)|shown(Net())
shown(K.Sequential([L.Input((28, 28, 1)), L.Conv2D(8, 3, activation="relu"), L.MaxPooling2D(), L.Flatten(), L.Dense(10)], name="pictures"))
shown(K.Sequential([L.Input((None,)), L.Embedding(50, 8), L.LSTM(16), L.Dense(1)]))|frozen()|transferred()|two_inputs().input_shape
two_inputs().output_shape|two_inputs().layers|two_inputs().inputs|inside().get_layer("y")|inside().get_layer("nope")|inside().get_layer(index=7)
inside().get_layer()|inside().count_params()|inside().name|K.Sequential([L.Dense(1)]).count_params()|K.Sequential([L.Dense(1)]).input_shape
K.Sequential([L.Dense(1, name="a"), L.Dense(2, name="a")])|K.Sequential([L.Dense(1), 3])|K.Sequential()(X)|K.Sequential([L.Dense(1)]).output_shape
K.Model(K.Input((2,)), 3)|K.Model(K.Input((2,)), L.Dense(1)(K.Input((2,))))|K.Model(3, 4)|K.Model()(X)|Silent()(X)|Forgot()|NoCall()(X)
Late()(X)|inside()(tf.ones((2, 4)))|inside()([[1.0, 2.0, 3.0]])|two_inputs()(X)|both(L.Dense(2))(tf.ones((2, 4)))|Net()(tf.ones(3))
both(L.Dense(2)).set_weights([np.ones((3, 2))])|both(L.Dense(2)).set_weights([np.ones((3, 2)), np.ones(3)])|both(L.Dense(2)).get_weights()
both(L.Dense(2)).layers[0].kernel|both(L.Dense(2)).layers[0].kernel.value|both(L.Dense(2)).layers[0].bias + 1.0|repr(both(L.Dense(2)).variables)
both(L.Dense(2)).layers[0].kernel.assign(tf.ones((2, 2)))|both(L.Dense(2)).layers[0].kernel.foo|len(both(L.Dense(2)).layers[0].kernel)
bool(both(L.Dense(2)).layers[0].kernel)|tf.is_tensor(both(L.Dense(2)).layers[0].kernel)|isinstance(both(L.Dense(2)).layers[0].kernel, tf.Variable)
Module().variables|called(Module().dense)|[v.name for v in Net().weights]|K.Sequential([L.Dense(2)]).get_config()|K.models.clone_model(inside()).layers
both(L.Dense(2), L.Dense(1)).pop()|both(L.Dense(2)).built|Net().built|Net().layers|both(L.Dense(2, kernel_regularizer="l2"), Penalty()).losses
K.Sequential.from_config(both(L.Dense(2, "relu"), L.Dropout(0.3)).get_config()).layers|Nested().plain|Net().get_config()|Net().compute_output_shape
K.Model(*(lambda i: (i, L.Dense(2)(L.Flatten()(i))))(K.Input((2, 3)))).output_shape|K.Input((4,))[:, :2]|tf.math.sin(K.Input((2,)))"""
for _text in _TEXTS.replace("\n", "|").split("|"):
    case(_text)(lambda text=_text: (K.utils.set_random_seed(1), eval(text, globals()))[1])


# ---- whole scripts


def script(function):
    """A case that starts from a seed."""
    def run():
        K.utils.set_random_seed(7)
        return function()
    return case(function.__name__)(run)


def steps(model, optimizer, loss_of, count=5, weights=None):
    losses = []
    for _ in range(count):
        with tf.GradientTape() as tape:
            loss = loss_of()
        variables = model.trainable_variables if weights is None else weights
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(float(loss))
    return losses


@script
def binary_classifier():
    model = K.Sequential([L.Input((3,)), L.Dense(8, activation="relu"), L.Dropout(0.2), L.Dense(1, activation="sigmoid")])
    metric, loss_fn = K.metrics.BinaryAccuracy(), K.losses.BinaryCrossentropy()
    optimizer = K.optimizers.Adam(0.01)
    data = tf.data.Dataset.from_tensor_slices((X, tf.cast(Y > 0, tf.float32))).shuffle(8).batch(3)
    for epoch in range(3):
        for xb, yb in data:
            with tf.GradientTape() as tape:
                out = model(xb, training=True)
                loss = loss_fn(yb, out)
            grads = tape.gradient(loss, model.trainable_weights)
            optimizer.apply_gradients(zip(grads, model.trainable_weights))
            metric.update_state(yb, out)
        print(epoch, f"{loss:.4f}", f"{metric.result():.4f}")
        metric.reset_state()
    return model(X)


@script
def several_classes():
    model = K.Sequential([L.Dense(16, activation="relu"), L.Dense(3)])
    loss_fn = K.losses.SparseCategoricalCrossentropy(from_logits=True)
    return steps(model, K.optimizers.RMSprop(0.01), lambda: loss_fn(LABELS, model(X, training=True)))[1:], model(X)


@script
def subclassed():
    model, optimizer, loss_fn = Net(), K.optimizers.SGD(0.1, momentum=0.9), K.losses.MeanSquaredError()

    def train_step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        return loss

    return [train_step(X, Y) for _ in range(4)], [(v.path, v.numpy()) for v in model.weights]


@script
def adversaries():
    generator = K.Sequential([L.Input((2,)), L.Dense(8), L.LeakyReLU(0.2), L.Dense(3, activation="tanh")], name="generator")
    critic = K.Sequential([L.Input((3,)), L.Dense(8), L.LeakyReLU(0.2), L.Dropout(0.3), L.Dense(1)], name="critic")
    ce = K.losses.BinaryCrossentropy(from_logits=True)
    first, second = K.optimizers.Adam(1e-2), K.optimizers.Adam(1e-2)
    losses = []
    for _ in range(4):
        noise = tf.random.normal((8, 2))
        with tf.GradientTape() as gen_tape, tf.GradientTape() as disc_tape:
            fake = generator(noise, training=True)
            real_out, fake_out = critic(X, training=True), critic(fake, training=True)
            gen_loss = ce(tf.ones_like(fake_out), fake_out)
            disc_loss = ce(tf.ones_like(real_out), real_out) + ce(tf.zeros_like(fake_out), fake_out)
        first.apply_gradients(zip(gen_tape.gradient(gen_loss, generator.trainable_variables), generator.trainable_variables))
        second.apply_gradients(zip(disc_tape.gradient(disc_loss, critic.trainable_variables), critic.trainable_variables))
        losses.append((gen_loss, disc_loss))
    return losses


@script
def frozen_base():
    base = both(L.Dense(4, activation="relu"), L.Dense(4, activation="relu"))
    before = base.get_weights()
    base.trainable = False
    inputs = K.Input((3,))
    model = K.Model(inputs, L.Dense(1)(base(inputs, training=False)))
    losses = steps(model, K.optimizers.Adam(0.05), lambda: tf.reduce_mean(tf.square(model(X) - Y)))
    return losses, [np.abs(a - b).max() for a, b in zip(before, base.get_weights())], len(model.trainable_variables)


@script
def thawed():
    model = both(L.Dense(4), L.Dense(1))
    model.layers[0].trainable = False
    first = steps(model, K.optimizers.SGD(0.1), lambda: tf.reduce_mean(tf.square(model(X) - Y)), 2)
    model.layers[0].trainable = True
    return first, steps(model, K.optimizers.SGD(0.01), lambda: tf.reduce_mean(tf.square(model(X) - Y)), 2)


@script
def autoencoder():
    encoder = K.Sequential([L.Dense(2, activation="tanh")])
    decoder = K.Sequential([L.Dense(3)])
    optimizer, losses = K.optimizers.Adam(0.05), []
    for _ in range(4):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(decoder(encoder(X)) - X))
        variables = encoder.trainable_variables + decoder.trainable_variables
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        losses.append(loss)
    return losses, encoder(X)


@script
def variational():
    inputs = K.Input((3,))
    h = L.Dense(4, activation="relu")(inputs)
    encoder = K.Model(inputs, [L.Dense(2)(h), L.Dense(2)(h)])
    decoder = K.Sequential([L.Input((2,)), L.Dense(3)])
    optimizer, losses = K.optimizers.Adam(0.01), []
    for _ in range(3):
        with tf.GradientTape() as tape:
            mean, log_var = encoder(X)
            z = mean + tf.exp(0.5 * log_var) * tf.random.normal(tf.shape(mean))
            kl = -0.5 * tf.reduce_mean(1 + log_var - tf.square(mean) - tf.exp(log_var))
            loss = tf.reduce_mean(tf.square(decoder(z) - X)) + 0.1 * kl
        weights = encoder.trainable_weights + decoder.trainable_weights
        optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
        losses.append(loss)
    return losses


@script
def regularized():
    model = K.Sequential([L.Dense(4, kernel_regularizer=K.regularizers.l2(0.01)), Penalty(), L.Dense(1, activity_regularizer="l1")])
    return steps(model, K.optimizers.SGD(0.05), lambda: tf.reduce_mean(tf.square(model(X) - Y)) + tf.add_n(model.losses))


@script
def clipped():
    model, optimizer = both(L.Dense(4, activation="relu"), L.Dense(1)), K.optimizers.SGD(0.1)
    norms = []
    for _ in range(3):
        with tf.GradientTape() as tape:
            loss = 100.0 * tf.reduce_mean(tf.square(model(X) - Y))
        grads, norm = tf.clip_by_global_norm(tape.gradient(loss, model.trainable_variables), 1.0)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
        norms.append(norm)
    return norms


@script
def pictures():
    x = tf.random.normal((4, 8, 8, 1))
    model = K.Sequential([L.Conv2D(4, 3, activation="relu"), L.BatchNormalization(), L.MaxPooling2D(), L.Flatten(), L.Dense(3)])
    loss_fn = K.losses.SparseCategoricalCrossentropy(from_logits=True)
    losses = steps(model, K.optimizers.Adam(0.01), lambda: loss_fn(tf.constant([0, 1, 2, 1]), model(x, training=True)), 3)
    return losses, model(x, training=False), [(v.path, v.shape) for v in model.non_trainable_variables]


@script
def words():
    model = K.Sequential([L.Embedding(12, 4), L.LSTM(5), L.Dense(1)])
    x = tf.constant([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    return steps(model, K.optimizers.Adam(0.05), lambda: tf.reduce_mean(tf.square(model(x) - 1.0)), 3)


@script
def attention_block():
    inputs = K.Input((4, 6))
    h = L.LayerNormalization()(inputs + L.MultiHeadAttention(2, 3)(inputs, inputs))
    model = K.Model(inputs, L.Dense(1)(L.GlobalAveragePooling1D()(h)))
    x = tf.random.normal((3, 4, 6))
    return steps(model, K.optimizers.Adam(0.01), lambda: tf.reduce_mean(tf.square(model(x) - 1.0)), 3)


@script
def gradient_penalty():
    critic = both(L.Dense(4, activation="tanh"), L.Dense(1))
    optimizer, losses = K.optimizers.Adam(0.01, beta_1=0.5), []
    for _ in range(3):
        with tf.GradientTape() as tape:
            with tf.GradientTape() as inner:
                inner.watch(X)
                out = critic(X)
            norm = tf.sqrt(tf.reduce_sum(tf.square(inner.gradient(out, X)), axis=1))
            loss = tf.reduce_mean(out) + 10.0 * tf.reduce_mean(tf.square(norm - 1.0))
        optimizer.apply_gradients(zip(tape.gradient(loss, critic.trainable_variables), critic.trainable_variables))
        losses.append(loss)
    return losses


@script
def compiled_and_fitted():
    model = K.Sequential([L.Dense(4, activation="relu"), L.Dropout(0.3), L.Dense(1, activation="sigmoid")])
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    history = model.fit(X.numpy(), (Y.numpy() > 0).astype(int), epochs=3, batch_size=3, verbose=0, validation_split=0.25)
    return history.history, history.epoch, model.evaluate(X, Y > 0, verbose=0), model.predict(X, verbose=0)


@script
def fitted_on_a_pipeline():
    model = K.Sequential([L.Input((3,)), L.Dense(3)])
    model.compile("sgd", K.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    data = tf.data.Dataset.from_tensor_slices((X, LABELS)).shuffle(8).batch(3)
    return model.fit(data, epochs=3, verbose=0, shuffle=False).history, model.evaluate(data, verbose=0, return_dict=True)


@script
def own_train_step():
    class Custom(K.Model):
        def train_step(self, data):
            x, y = data[:2]
            with tf.GradientTape() as tape:
                y_pred = self(x, training=True)
                loss = self.compute_loss(y=y, y_pred=y_pred)
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply(gradients, self.trainable_variables)
            for metric in self.metrics:
                if metric.name == "loss":
                    metric.update_state(loss)
                else:
                    metric.update_state(y, y_pred)
            return {metric.name: metric.result() for metric in self.metrics}

    inputs = K.Input((3,))
    model = Custom(inputs, L.Dense(1)(inputs))
    model.compile(optimizer=K.optimizers.SGD(0.05), loss="mse", metrics=["mae"])
    return model.fit(X, Y, epochs=3, batch_size=4, verbose=0).history, model.train_on_batch(X, Y)


@script
def several_outputs():
    a = K.Input((3,))
    model = K.Model(a, [L.Dense(1, name="p")(a), L.Dense(3, name="q")(a)])
    model.compile("sgd", loss={"p": "mse", "q": K.losses.SparseCategoricalCrossentropy(from_logits=True)}, loss_weights=[1.0, 0.5])
    return model.fit(X, {"p": Y, "q": LABELS}, epochs=2, batch_size=8, verbose=0).history


@script
def stopped_early():
    model = both(L.Dense(1))
    model.compile(K.optimizers.SGD(2.0), "mse")
    stop = K.callbacks.EarlyStopping(monitor="loss", patience=2, restore_best_weights=True)
    return len(model.fit(X, Y, epochs=9, verbose=0, callbacks=[stop]).history["loss"]), model.get_weights()


@script
def uncompiled():
    return both(L.Dense(1)).fit(X, Y)


@script
def ambiguous_data():
    model = both(L.Dense(1))
    model.compile("sgd", "mse")
    return model.fit(X, Y[:3])


@script
def second_derivative_of_a_layer():
    layer = L.Dense(2, activation="tanh")
    with tf.GradientTape() as outer:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(layer(X) ** 2)
        g = tape.gradient(loss, layer.kernel)
    return outer.jacobian(g, layer.kernel)


@script
def weights_that_nobody_uses():
    model = both(L.Dense(2), L.Dense(1))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(model.layers[0](X))
    grads = tape.gradient(loss, model.trainable_variables)
    K.optimizers.SGD(0.1).apply_gradients(zip(grads, model.trainable_variables))
    return grads, model.get_weights()


@script
def watching_a_kernel():
    layer = both(L.Dense(2)).layers[0]
    with tf.GradientTape() as tape:
        tape.watch(layer.kernel)


@script
def numpy_in_between():
    model = both(L.Dense(2), L.Dense(1))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(model.layers[1](model.layers[0](X).numpy()))
    return tape.gradient(loss, model.trainable_variables)


@case("data of a step of ones own")
def data_of_a_step():
    seen = []

    class Own(tf.keras.Model):
        def train_step(self, data):
            seen.append([type(data).__name__ == "tuple", len(tf.nest.flatten(data))])
            return {"loss": tf.constant(1.0)}

    model = Own()
    model.compile(run_eagerly=True)
    x, y = np.ones((4, 3), "float32"), np.ones((4, 1), "float32")
    model.fit(x, verbose=0)
    model.fit(x, y, verbose=0)
    model.fit(tf.data.Dataset.from_tensor_slices(x).batch(2), verbose=0)
    return seen


@case
def metrics_with_weights_beside_their_own_kind():
    K.utils.set_random_seed(3)
    inputs = K.Input((2,))
    model = K.Model(inputs, [L.Dense(1, name="p")(inputs), L.Dense(1, name="q")(inputs)])
    model.compile("sgd", {"p": ["mse"], "q": ["mae"]}, metrics={"p": ["mse", "mae"], "q": "mse"},
                  weighted_metrics={"p": ["mse"], "q": ["mse", "mae"]}, run_eagerly=True)
    x, y = tf.ones((4, 2)), tf.ones((4, 1))
    return model.fit(x, {"p": y, "q": y}, verbose=0).history


@case
def one_metric_twice():
    K.utils.set_random_seed(3)
    model = K.Sequential([L.Dense(1)])
    model.compile("sgd", [["mse"]], metrics=["mse", K.metrics.MeanSquaredError(name="mse")], weighted_metrics=["mse", "mae"], run_eagerly=True)
    return model.fit(tf.ones((4, 2)), tf.ones((4, 1)), verbose=0).history


def _of_words(function):
    class Words(L.Layer):
        def call(self, x):
            return function(x)

    given = K.Input((3,), dtype="string")
    result = Words()(given)
    words = tf.constant([["1", "23", "4"], ["5", "6", "7"]])
    return result.shape, result.dtype, K.Model(given, result)(words), K.Sequential([K.Input((3,), dtype="string"), Words()])(words)


_WORDS = """tf.strings.length(x)|tf.strings.lower(x)|tf.strings.to_hash_bucket_fast(x, 10)|tf.strings.reduce_join(x, axis=-1)
tf.strings.substr(x, 0, 1)|tf.cast(x == "1", tf.float32)|tf.strings.regex_replace(x, "1", "b")|tf.strings.to_number(x)
tf.strings.split(x).to_tensor()|tf.strings.join([x, "!"])|tf.strings.unicode_decode(x, "UTF-8").to_tensor()"""
for _text in _WORDS.replace("\n", "|").split("|"):
    case(f"a layer of words: {_text}")(lambda text=_text: _of_words(eval(f"lambda x: {text}", globals())))
