# SPDX-License-Identifier: Apache-2.0
# tf.nn: values, first and second gradients.
rng = np.random.RandomState(7)


def numbers(*shape, low=-2.0, high=2.0, dtype=tf.float32):
    return tf.constant(rng.uniform(low, high, shape), dtype)


def derived(function, *inputs):
    """The value, its gradients for a seed of powers, and the gradients of the squares of the first."""
    with tf.GradientTape() as outer:
        outer.watch(inputs)
        with tf.GradientTape() as inner:
            inner.watch(inputs)
            value = function(*inputs)
            loss = tf.reduce_sum(value * value)
        first = inner.gradient(loss, list(inputs))
        squares = sum(tf.reduce_sum(g * g) for g in first if g is not None)
    return [value, first, outer.gradient(squares, list(inputs))]


def first_only(function, *inputs):
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        value = function(*inputs)
        loss = tf.reduce_sum(value * value)
    return [value, tape.gradient(loss, list(inputs))]


def smooth(name, function, *inputs):
    case(name)(lambda: derived(function, *inputs))


def once(name, function, *inputs):
    case(name)(lambda: first_only(function, *inputs))


LINE = tf.constant([-20.0, -3.0, -1.0, -1e-3, 0.0, 0.5, 1.0, 6.0, 7.0, 30.0])
ACTIVATIONS = {
    "relu": tf.nn.relu, "relu6": tf.nn.relu6, "elu": tf.nn.elu, "selu": tf.nn.selu, "softplus": tf.nn.softplus, "silu": tf.nn.silu,
    "swish": tf.nn.swish, "silu_beta": lambda x: tf.nn.silu(x, beta=0.5), "gelu": tf.nn.gelu, "gelu_tanh": lambda x: tf.nn.gelu(x, approximate=True),
    "leaky_relu": tf.nn.leaky_relu, "leaky_relu_alpha": lambda x: tf.nn.leaky_relu(x, alpha=0.3), "sigmoid": tf.nn.sigmoid, "tanh": tf.nn.tanh,
    "crelu": tf.nn.crelu, "softmax": tf.nn.softmax, "log_softmax": tf.nn.log_softmax,
}
STEEP = ("sigmoid", "tanh", "silu", "swish", "silu_beta")  # 1 − y of a float32 near 1 has few digits
for name, function in ACTIVATIONS.items():
    smooth(name, function, LINE[1:7] if name in STEEP else LINE)
    smooth(f"{name}_float64", function, tf.cast(LINE[2:8], tf.float64))
once("softsign", tf.nn.softsign, LINE)
smooth("l2_normalize", lambda x: tf.nn.l2_normalize(x, 0) * tf.constant([[1.0], [2.0], [3.0]]), numbers(3, 2))
for axis in (0, 1, 2, -1, -2, -3):
    smooth(f"softmax_axis_{axis}", lambda x, axis=axis: tf.nn.softmax(x, axis=axis), numbers(2, 3, 4))
    smooth(f"log_softmax_axis_{axis}", lambda x, axis=axis: tf.nn.log_softmax(x, axis), numbers(2, 3, 4))

smooth("bias_add", tf.nn.bias_add, numbers(2, 3), numbers(3))
smooth("bias_add_channels_first", lambda x, b: tf.nn.bias_add(x, b, data_format="NCHW"), numbers(2, 3, 2), numbers(3))
smooth("l2_loss", tf.nn.l2_loss, numbers(2, 3))

LABELS = tf.constant([[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]])
smooth("softmax_cross_entropy", tf.nn.softmax_cross_entropy_with_logits, LABELS, numbers(2, 3))
smooth("softmax_cross_entropy_axis", lambda y, x: tf.nn.softmax_cross_entropy_with_logits(y, x, axis=0), LABELS, numbers(2, 3))
smooth("softmax_cross_entropy_rank_3", tf.nn.softmax_cross_entropy_with_logits, tf.constant([[[0.2, 0.3, 0.5], [1.0, 0.0, 0.0]], [[0.1, 0.1, 0.8], [0.0, 1.0, 0.0]]]), numbers(2, 2, 3))
smooth("softmax_cross_entropy_float64", tf.nn.softmax_cross_entropy_with_logits, tf.cast(LABELS, tf.float64), numbers(2, 3, dtype=tf.float64))
smooth("softmax_cross_entropy_vector", tf.nn.softmax_cross_entropy_with_logits, LABELS[0], numbers(3))
smooth("sparse_cross_entropy", lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits([2, 0], x), numbers(2, 3))
smooth("sparse_cross_entropy_rank_3", lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits([[2, 0], [1, 1]], x), numbers(2, 2, 3))
smooth("sparse_cross_entropy_vector", lambda x: tf.nn.sparse_softmax_cross_entropy_with_logits(2, x), numbers(3))
smooth("sigmoid_cross_entropy", tf.nn.sigmoid_cross_entropy_with_logits, LABELS, numbers(2, 3, low=-20, high=20))
smooth("weighted_cross_entropy", lambda y, x: tf.nn.weighted_cross_entropy_with_logits(y, x, 2.0), LABELS, numbers(2, 3))
smooth("log_poisson_loss", tf.nn.log_poisson_loss, numbers(4, low=0), numbers(4))
smooth("log_poisson_loss_full", lambda y, x: tf.nn.log_poisson_loss(y, x, compute_full_loss=True), numbers(4, low=0.5, high=4), numbers(4))
smooth("compute_average_loss", tf.nn.compute_average_loss, numbers(4))
smooth("compute_average_loss_size", lambda x: tf.nn.compute_average_loss(x, sample_weight=[1.0, 0.5, 0.0, 2.0], global_batch_size=8), numbers(4))
smooth("scale_regularization_loss", tf.nn.scale_regularization_loss, numbers(4))
for name, labels, logits in (("infinite_logit", [[0.2, 0.8]], [[np.inf, 0.0]]), ("far", [[0.0, 1.0]], [[0.0, -1000.0]]),
                             ("minus_infinity", [[0.0, 1.0]], [[0.0, -np.inf]]), ("minus_infinity_unlikely", [[1.0, 0.0]], [[0.0, -np.inf]])):
    case(f"softmax_cross_entropy_{name}")(lambda labels=labels, logits=logits: tf.nn.softmax_cross_entropy_with_logits(labels, tf.constant(logits)))
case("sigmoid_cross_entropy_of_both")(lambda: tf.nn.sigmoid_cross_entropy_with_logits(labels=LABELS, logits=LABELS))


@case
def labels_get_gradients_and_integers_do_not():
    labels, logits = tf.constant([[0.2, 0.8]]), tf.constant([[1.0, 2.0]])
    classes = tf.constant([1])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([labels, logits, classes])
        dense = tf.nn.softmax_cross_entropy_with_logits(labels, logits)
        sparse = tf.nn.sparse_softmax_cross_entropy_with_logits(classes, logits)
    return [tape.gradient(dense, [labels, logits]), tape.gradient(sparse, [classes, logits])]


smooth("moments", lambda x: tf.nn.moments(x, [0])[1], numbers(4, 3))
smooth("moments_keepdims", lambda x: tf.nn.moments(x, [0, 1], keepdims=True)[0], numbers(4, 3))
smooth("weighted_moments", lambda x, w: tf.nn.weighted_moments(x, [0], w)[1], numbers(4, 3), numbers(4, 1, low=0.1))
smooth("sufficient_statistics", lambda x: tf.nn.sufficient_statistics(x, [0])[2], numbers(4, 3))
case("sufficient_statistics_whole")(lambda: tf.nn.sufficient_statistics(numbers(4, 3), [0], shift=1.0, keepdims=True))
case("normalize_moments")(lambda: tf.nn.normalize_moments(tf.constant(4.0), tf.constant([1.0, 2.0]), tf.constant([3.0, 9.0]), tf.constant(0.5)))
smooth("batch_normalization", lambda x, m, v, b, g: tf.nn.batch_normalization(x, m, v, b, g, 1e-3), numbers(4, 3), numbers(3), numbers(3, low=0.5), numbers(3), numbers(3))
smooth("batch_normalization_bare", lambda x, m, v: tf.nn.batch_normalization(x, m, v, None, None, 1e-3), numbers(4, 3), numbers(3), numbers(3, low=0.5))
smooth("batch_norm_with_global_normalization", lambda x, m, v, b, g: tf.nn.batch_norm_with_global_normalization(x, m, v, b, g, 1e-3, True),
       numbers(1, 2, 2, 3), numbers(3), numbers(3, low=0.5), numbers(3), numbers(3))
once("local_response_normalization", lambda x: tf.nn.local_response_normalization(x, depth_radius=1, bias=1.5, alpha=0.3, beta=0.7), numbers(1, 2, 1, 5))
once("lrn", tf.nn.lrn, numbers(1, 2, 1, 8))


@case
def layer_normalisation_by_hand():
    x = tf.Variable(numbers(2, 4))
    with tf.GradientTape() as tape:
        mean, variance = tf.nn.moments(x, axes=[-1], keepdims=True)
        y = tf.nn.batch_normalization(x, mean, variance, tf.ones(4), 2.0 * tf.ones(4), 1e-5)
        loss = tf.reduce_sum(y ** 3)
    return [y, tape.gradient(loss, x)]


for seed in (None, 3):
    @case(f"dropout_seed_{seed}")
    def dropout(seed=seed):
        tf.random.set_seed(5)
        x = tf.Variable(tf.ones([3, 4]))
        with tf.GradientTape() as tape:
            y = [tf.nn.dropout(x, 0.3, seed=seed), tf.nn.dropout(x, rate=0.5, noise_shape=[3, 1], seed=seed), tf.nn.dropout(x, 0.0, seed=seed),
                 tf.nn.dropout(x, 0.5, noise_shape=[None, 1], seed=seed), tf.nn.dropout(x, tf.constant(0.4), seed=seed)]
        return [y, tape.gradient(y, x)]


@case
def stateless_dropout():
    x = tf.Variable(tf.ones([3, 4]))
    with tf.GradientTape() as tape:
        y = [tf.nn.experimental.stateless_dropout(x, 0.5, seed=[1, 2]), tf.nn.experimental.stateless_dropout(x, 0.3, seed=tf.constant([-5, 7])),
             tf.nn.experimental.general_dropout(x, 0.3, uniform_sampler=lambda shape, dtype: tf.fill(shape, 0.6))]
    return [y, tape.gradient(y, x), tf.random.stateless_uniform([3], [1, 2], -1.0, 3.0), tf.random.stateless_normal([5], seed=(3, 4), mean=1.0)]


@case
def embedding_lookup():
    table = tf.constant([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    return [tf.nn.embedding_lookup(table, [2, 0]), tf.nn.embedding_lookup(table, [[1], [1]]), tf.nn.embedding_lookup(table, 1),
            tf.nn.embedding_lookup(table, [0, 2], max_norm=1.0), tf.nn.embedding_lookup([table, table], [0, 4])]
