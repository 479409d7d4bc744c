# SPDX-License-Identifier: Apache-2.0
"""Sequential models as JSON, and back."""
K = tf.keras


def small(*layers):
    return K.Sequential([K.Input((4,)), *layers, K.layers.Dense(1, name="last")])


@case
def json_of_a_sequential_model():
    return small(K.layers.Dense(3, activation="relu"), K.layers.Dropout(0.5), K.layers.BatchNormalization()).to_json()


@case
def json_of_a_compiled_model():
    model = small()
    model.compile("adam", K.losses.Huber(delta=2.0), metrics=["mae", K.metrics.AUC(name="auc")], loss_weights=[0.5])
    return model.to_json(indent=1)


@case
def a_model_from_json():
    model = small(K.layers.Dense(3, activation="tanh", kernel_regularizer="l2"))
    model.compile(K.optimizers.SGD(0.25, momentum=0.5), "mse", metrics=["mae"])
    again = K.models.model_from_json(model.to_json())
    return again.to_json() == model.to_json(), again.count_params(), again.optimizer.get_config(), again.loss


def shared():
    a, b = K.Input((3,), name="a"), K.Input((3,), name="b")
    d = K.layers.Dense(2, name="d", kernel_initializer="ones")
    x = K.layers.Add(name="plus")([d(a), d(b)])
    y = K.layers.Concatenate(name="cat")([x, a])
    out = K.layers.Dense(1, name="o", kernel_initializer="ones")(K.layers.Dropout(0.2, name="dr")(y * 2 + 1, training=False))
    return K.Model([a, b], {"o": out}, name="m")


def tried(model):
    given = [tf.ones((2, 3)), tf.ones((2, 3)) * 2]
    return model(given)["o"], [layer.name for layer in model.layers], [weight.path for weight in model.weights]


@case
def configuration_of_a_functional_model():
    return shared().get_config()


@case
def json_of_a_functional_model():
    model = shared()
    model.compile("adam", "mse", metrics=["mae"])
    return model.to_json()


@case
def functional_models_from_what_they_say():
    model = shared()
    again = K.Model.from_config(model.get_config())
    from_json = K.models.model_from_json(model.to_json())
    return tried(again), tried(from_json), again.get_config() == model.get_config()


@case
def a_model_inside_a_model():
    inner = K.Model(i := K.Input((2,), name="i"), K.layers.Dense(2, name="in", kernel_initializer="ones")(i), name="inner")
    x = K.Input((2,), name="x")
    model = K.Model(x, inner(inner(x)), name="outer")
    again = K.Model.from_config(model.get_config())
    return model.to_json(), again(tf.ones((1, 2))), again.to_json() == model.to_json()


@case
def graph_of_a_configuration_with_a_loop():
    config = shared().get_config()
    config["layers"][2]["inbound_nodes"] = config["layers"][2]["inbound_nodes"][:1]
    return K.Model.from_config(config)


@case
def layers_that_say_no_configuration():
    class Scale(K.layers.Layer):
        def __init__(self, factor, more=3, **kwargs):
            super().__init__(**kwargs)

    class Odd(K.layers.Layer):
        def __init__(self, thing, **kwargs):
            super().__init__(**kwargs)

    class Named(K.layers.Layer):
        def __init__(self, units=2):
            super().__init__()

    plain = Scale(2.0, name="s", dtype="float16")
    raised = None
    try:
        Odd(object()).get_config()
    except NotImplementedError as error:
        raised = [line.strip() for line in str(error).split("\n")[:5]]
    return plain.get_config(), Scale.from_config(plain.get_config()).dtype, Named().get_config(), raised


@case
def layers_around_layers_from_their_configurations():
    both = K.layers.Bidirectional(K.layers.LSTM(2, name="r"), name="b")
    steps = K.layers.TimeDistributed(K.layers.Dense(3, name="d"), name="t")
    stack = K.layers.RNN([K.layers.GRUCell(2, name="g"), K.layers.LSTMCell(3, name="l")], name="s")
    again = [type(layer).from_config(layer.get_config()) for layer in (both, steps, stack)]
    x = tf.ones((2, 4, 2))
    return [layer(x).shape for layer in again], [layer.get_config() == old.get_config() for layer, old in zip(again, (both, steps))]


@case
def layers_that_know_their_axes_come_back():
    x = K.Input((5, 8))
    model = K.Model(x, K.layers.LayerNormalization()(K.layers.MultiHeadAttention(2, 4)(x, x)))
    copy = K.models.clone_model(model)
    known = [layer.get_config() for layer in copy.layers[1:]]
    return [known[0][key] for key in ("attention_axes", "use_gate", "sliding_window")], known[1]["axis"], known[1]["rms_scaling"]
