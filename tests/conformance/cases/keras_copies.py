# SPDX-License-Identifier: Apache-2.0
# Things of Keras that are copied, pickled, combined and masked.
import copy
import pickle


def _variables():
    return [tf.keras.Variable([[1.0, -2.0], [0.5, 3.0]], name="w"), tf.keras.Variable([0.5, -1.0], name="b")]


def _gradients():
    return [tf.constant([[0.5, 1.0], [-1.0, 2.0]]), tf.constant([1.0, -0.25])]


def _several(selected, **options):
    variables = _variables()
    optimizer = tf.keras.optimizers.MultiOptimizer(selected, name="several", **options)
    for _ in range(3):
        optimizer.apply(_gradients(), variables)
    return [one.numpy() for one in variables], [(one.path, one.numpy()) for one in optimizer.variables], len(optimizer.optimizers)


def _mapped():
    found = tf.keras.optimizers.OptimizerMap(tf.keras.optimizers.SGD(0.1, momentum=0.5, name="others"))
    found["w.*"] = tf.keras.optimizers.Adam(0.01, name="matrices")
    return found


@case
def several_by_a_map():
    return _several(_mapped())


@case
def several_scaled():
    return _several(_mapped(), loss_scale_factor=4.0)


@case
def several_by_a_function():
    first, second = tf.keras.optimizers.SGD(0.1, name="a"), tf.keras.optimizers.RMSprop(0.01, name="b")
    return _several(lambda variable: first if variable.path == "w" else second)


@case
def several_have_no_rate():
    return tf.keras.optimizers.MultiOptimizer(_mapped()).learning_rate


@case
def several_set_no_rate():
    tf.keras.optimizers.MultiOptimizer(_mapped()).learning_rate = 0.5


@case
def several_within_several():
    found = _mapped()
    found["b"] = tf.keras.optimizers.MultiOptimizer(_mapped())


@case
def several_and_a_key_twice():
    found = _mapped()
    found["b"] = found.default_optimizer
    found["b"] = found.default_optimizer


@case
def several_and_no_name():
    _mapped()[3] = tf.keras.optimizers.SGD()


@case
def several_patterns_for_one():
    found = _mapped()
    found["w"] = found.default_optimizer
    found["w|b"] = found.default_optimizer
    return found["w"].name, found["b"].name, found["c"].name, len(found), list(found)


@case
def several_patterns_too_many():
    found = _mapped()
    found["w|b"] = found.default_optimizer
    return found["w"]


@case
def a_map_of_something_else():
    tf.keras.optimizers.OptimizerMap("sgd")


@case
def several_again_from_their_configuration():
    made = tf.keras.optimizers.MultiOptimizer(_mapped(), loss_scale_factor=2.0, name="m")
    again = tf.keras.optimizers.MultiOptimizer.from_config(made.get_config())
    return [type(one).__name__ for one in again.optimizers], again.loss_scale_factor, again.name


@case
def optimizers_that_are_copied():
    made = []
    for name in ("SGD", "Adam", "RMSprop", "Ftrl", "ScheduleFreeAdamW"):
        optimizer = getattr(tf.keras.optimizers, name)(0.25, name="o")
        optimizer.iterations.assign(7)
        for again in (copy.deepcopy(optimizer), pickle.loads(pickle.dumps(optimizer))):
            made.append((type(again).__name__, again.built, int(again.iterations), float(again.learning_rate), again.name))
    return made


@case
def an_optimizer_that_is_copied_late():
    optimizer, variables = tf.keras.optimizers.Adam(0.5, name="o"), _variables()
    optimizer.apply(_gradients(), variables)
    again = copy.deepcopy(optimizer)
    return again.built, int(again.iterations), len(again.variables)


@case
def others_that_are_copied():
    made = [
        tf.keras.losses.Huber(delta=2.0), tf.keras.initializers.HeNormal(seed=3), tf.keras.regularizers.L2(0.5),
        tf.keras.optimizers.schedules.ExponentialDecay(0.1, 3, 0.5), tf.keras.initializers.Constant(2.0),
    ]
    return [pickle.loads(pickle.dumps(one)).get_config() for one in made], [copy.deepcopy(one).get_config() for one in made]


@case
def tensors_that_are_copied():
    made = [tf.constant([1.0, 2.0]), tf.constant(3, tf.int64), tf.float16, tf.TensorShape([1, None]), tf.TensorShape(None)]
    return [pickle.loads(pickle.dumps(one)) for one in made], [copy.deepcopy(one) for one in made]


@case
def constants_in_configurations():
    made = [tf.keras.initializers.Constant(value) for value in (1.5, [[1.0, 2.0]], np.array([[1.0, 2.0]]), np.array([1, 2], "int32"))]
    again = [type(one).from_config(one.get_config()) for one in made]
    return [one.get_config() for one in made], [one((1, 2)) for one in again]


@case
def muon_and_its_parts():
    optimizer = tf.keras.optimizers.Muon(0.5, weight_decay=0.0, exclude_layers=["b"])
    w, c = tf.keras.Variable([[1.0, 2.0], [3.0, 4.0]], name="w"), tf.keras.Variable([[1.0, 2.0], [3.0, 4.0]], name="b")
    optimizer.build([w, c])
    for one in (w, c):
        optimizer.update_step(tf.constant([[1.0, 6.0], [7.0, 2.0]]), one, 0.5)
    return [w.numpy(), c.numpy(), optimizer.lr_adjust(tf.ones([4, 2])), len(optimizer.variables),
            optimizer.zeropower_via_newtonschulz5(tf.constant([[0.25, 0.91], [0.27, 0.88], [1.0, 0.0]]), 5)]


@case
def muon_and_layers_left_out():
    optimizer = tf.keras.optimizers.Muon(0.1, exclude_layers=["b"], adam_weight_decay=0.1)
    w, c = tf.keras.Variable([[1.0, 2.0], [3.0, 4.0]], name="w"), tf.keras.Variable([[1.0, 2.0], [3.0, 4.0]], name="b")
    for _ in range(2):
        optimizer.apply([tf.constant([[1.0, 6.0], [7.0, 2.0]]), tf.constant([[1.0, 6.0], [7.0, 2.0]])], [w, c])
    return w.numpy(), c.numpy()


@case
def a_step_by_itself():
    made = []
    for name in ("SGD", "Adam", "RMSprop", "Lion"):
        optimizer, w = getattr(tf.keras.optimizers, name)(0.5), tf.keras.Variable([1.0, 2.0], name="w")
        optimizer.build([w])
        optimizer.update_step(tf.constant([0.5, -1.0]), w, 0.25)
        made.append((w.numpy(), int(optimizer.iterations)))
    return made


@case
def masks_in_losses():
    class Mine(tf.keras.losses.Loss):
        def call(self, y_true, y_pred):
            return (y_true - y_pred) ** 2

    made = []
    for mask in ([True, False, True, True], [False, False, False, False]):
        y_pred = tf.constant([0.1, 0.2, 0.3, 0.4])
        y_pred._keras_mask = tf.constant(mask)
        for reduction in ("sum_over_batch_size", "sum", None):
            made.append(Mine(reduction=reduction)([1.0, 0.0, 1.0, 0.0], y_pred))
            made.append(Mine(reduction=reduction)([1.0, 0.0, 1.0, 0.0], y_pred, sample_weight=[0.4, 0.3, 0.2, 0.1]))
    return made


@case
def no_mask():
    return tf.constant([1.0])._keras_mask


def _logits(dtype="float32"):
    return (tf.reshape(tf.range(24, dtype=dtype), (2, 4, 3)) - 12) / 100


@case
def ctc_of_keras():
    labels = [[1, 2, 1, 0], [1, 2, 0, 2]]
    return [tf.keras.losses.CTC()(labels, _logits()), tf.keras.losses.ctc(tf.constant(labels), _logits()),
            tf.keras.losses.CTC(reduction="sum")(labels, _logits()), tf.keras.losses.CTC(name="n").get_config()]


@case
def ctc_of_the_wrong_rank():
    return tf.keras.losses.ctc(tf.constant([1, 2]), _logits())


@case
def ctc_loss():
    logits, made = _logits(), []
    for blank, lengths in ((0, [4, 4]), (0, [4, 3]), (-1, [4, 4]), (2, [3, 4])):
        with tf.GradientTape() as tape:
            tape.watch(logits)
            loss = tf.nn.ctc_loss(tf.constant([[1, 1], [1, 0]]), logits, [2, 1], lengths, logits_time_major=False, blank_index=blank)
        made.append((loss, tape.gradient(loss, logits)))
    return made


@case
def ctc_loss_time_major_and_sparse():
    logits = tf.transpose(_logits(), (1, 0, 2)) * 30.0
    labels = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [1, 0, 1], [2, 2])
    return (tf.nn.ctc_loss(labels, logits, None, [4, 3], blank_index=-1), tf.nn.ctc_loss([[1, 2], [2, 0]], logits, [2, 1], [4, 4]))


@case
def ctc_greedy_decoder():
    logits = tf.constant([[[0.0, 3.0, 1.0]], [[0.0, 3.0, 1.0]], [[0.0, 0.0, 9.0]], [[5.0, 0.0, 1.0]], [[5.0, 6.0, 1.0]]])
    made = []
    for merge in (True, False):
        decoded, scores = tf.nn.ctc_greedy_decoder(logits, [5], merge_repeated=merge)
        made.append((decoded[0].indices, decoded[0].values, decoded[0].dense_shape, scores))
    return made
