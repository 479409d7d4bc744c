# SPDX-License-Identifier: Apache-2.0
# Keras 3's rules to the last bit, in each float: of tensors, and of slices that name rows twice.
_RULES = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"weight_decay": 0.1}],
    "RMSprop": [{}, {"momentum": 0.9}, {"centered": True}, {"centered": True, "momentum": 0.3}],
    "Adagrad": [{}], "Adadelta": [{}], "Adam": [{}, {"amsgrad": True}], "AdamW": [{}], "Adamax": [{}], "Nadam": [{}, {"use_ema": True}],
    "Lion": [{}, {"use_ema": True}], "Adafactor": [{}, {"relative_step": False}],
}


for _name, _each in _RULES.items():
    for _options in _each:
        for _dtype in ("float16", "bfloat16", "float32"):
            for _sliced in (False, True):
                if (_name, _dtype, _sliced) == ("Adafactor", "float16", True):
                    continue  # its means of squares are 0 there, of which Keras's division gathers rows that are not there
                _label = f"{' '.join([_name, *_options])} {_dtype}{' slices' if _sliced else ''}"
                case(_label)(lambda n=_name, o=_options, d=_dtype, s=_sliced: three_steps(getattr(tf.keras.optimizers, n)(**o), d, s))


@case
def rows_of_one_place():
    random, seen = np.random.RandomState(0), []
    for dtype in ("float16", "bfloat16", "float32"):
        values, places = tf.cast(random.randn(50, 2), dtype), tf.constant(random.randint(0, 8, 50))
        seen += [tf.math.unsorted_segment_sum(values, places, 8),
                 tf.convert_to_tensor(tf.IndexedSlices(values, places, tf.constant([8, 2]))),
                 tf.tensor_scatter_nd_add(tf.zeros((8, 2), dtype), places[:, None], values)]
    return seen


def _said(call):
    try:
        return call()
    except Exception as error:
        return type(error).__name__, str(error).split(" at 0x")[0]


@case
def accumulated_in_another_shape():
    optimizer, v = tf.keras.optimizers.SGD(0.1, gradient_accumulation_steps=2), tf.Variable([1.0, 2.0, 3.0])
    return _said(lambda: optimizer.apply_gradients([(tf.ones(7), v)]))


@case
def applied_after_accumulation_in_another_shape():
    optimizer, v = tf.keras.optimizers.Adam(0.1, gradient_accumulation_steps=1), tf.Variable([1.0, 2.0, 3.0])
    return _said(lambda: optimizer.apply_gradients([(tf.ones(7), v)]))


@case
def scaled_in_another_shape():
    optimizer, v = tf.keras.optimizers.LossScaleOptimizer(tf.keras.optimizers.Adam(0.1)), tf.Variable([1.0, 2.0, 3.0])
    return _said(lambda: optimizer.apply_gradients([(tf.ones(7), v)]))


@case
def means_of_halves():
    random, seen = np.random.RandomState(3), []
    for dtype in ("float16", "bfloat16"):
        x, y = tf.cast(random.randn(37, 41), dtype), tf.cast(random.randn(37, 41), dtype)
        seen += [tf.keras.ops.mean(x), tf.keras.ops.mean(x, 0), tf.keras.ops.mean(x, -1), tf.keras.losses.MSE(x, y), tf.keras.losses.MAE(x, y),
                 tf.keras.losses.MeanSquaredError()(x, y)]
    return seen
