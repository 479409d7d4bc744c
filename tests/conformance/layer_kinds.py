# SPDX-License-Identifier: Apache-2.0
"""One call of a layer, and all that can be seen of it. This text stands in front of a file of cases that calls
case_of_layer()."""
K, L = tf.keras, tf.keras.layers


def shaped(*shape):
    count = int(np.prod(shape))
    return tf.constant(np.sin(np.arange(count) * 1.7 + 0.3).reshape(shape).astype("float32"))


def tried(layer, x, **options):
    """Everything about one call of a layer."""
    with tf.GradientTape() as tape:
        if isinstance(x, list) or x.dtype.is_floating:
            tape.watch(x)
        y = layer(x, **options)
        outputs = tf.nest.flatten(y)
        target = tf.add_n([tf.reduce_sum(tf.sin(one * 1.3)) for one in outputs])
    sources = tf.nest.flatten(x) + layer.trainable_variables
    config = layer.get_config()
    config.pop("function", None)
    return {
        "y": y, "gradients": tape.gradient(target, sources), "weights": [(v.path, v.numpy()) for v in layer.weights],
        "others": [v.path for v in layer.non_trainable_variables], "losses": layer.losses, "config": config,
        "repr": repr(layer), "count": layer.count_params(),
    }


def case_of_layer(text, x, **options):
    shown = ", ".join([text, x, *(f"{name}={value}" for name, value in options.items())])

    def run():
        K.utils.set_random_seed(1)
        return tried(eval(text, globals()), eval(x, globals()), **options)

    case(shown)(run)
