# SPDX-License-Identifier: Apache-2.0
# Keras 3's rules to the last bit, in each float: of tensors, and of slices that name rows twice.
_RULES = {
    "SGD": [{}, {"momentum": 0.9}, {"momentum": 0.9, "nesterov": True}, {"weight_decay": 0.1}],
    "RMSprop": [{}, {"momentum": 0.9}, {"centered": True}, {"centered": True, "momentum": 0.3}],
    "Adagrad": [{}], "Adadelta": [{}], "Adam": [{}, {"amsgrad": True}], "AdamW": [{}], "Adamax": [{}], "Nadam": [{}], "Lion": [{}],
}


def _gradient(random, dtype, sliced):
    if not sliced:
        return tf.cast(random.randn(24) * random.choice([0.01, 0.1, 1, 5], 24), dtype)
    rows = tf.cast(random.randn(14), dtype)
    return tf.IndexedSlices(rows, tf.constant(random.randint(0, 9, 14)), dense_shape=tf.constant([24]))


def _three_steps(optimizer, dtype, sliced):
    random = np.random.RandomState(1)
    v, seen = tf.Variable(tf.cast(random.randn(24) * random.choice([0.03, 0.3, 1], 24), dtype), name="v"), []
    for _ in range(3):
        optimizer.apply_gradients([(_gradient(random, dtype, sliced), v)])
        seen.append(tf.identity(v))
    own = optimizer.variables() if callable(optimizer.variables) else optimizer.variables
    return seen, [tf.convert_to_tensor(one) for one in own if len(one.shape) == 1]


for _name, _each in _RULES.items():
    for _options in _each:
        for _dtype in ("float16", "bfloat16", "float32"):
            for _sliced in (False, True):
                _label = f"{' '.join([_name, *_options])} {_dtype}{' slices' if _sliced else ''}"
                case(_label)(lambda n=_name, o=_options, d=_dtype, s=_sliced: _three_steps(getattr(tf.keras.optimizers, n)(**o), d, s))


@case
def rows_of_one_place():
    random, seen = np.random.RandomState(0), []
    for dtype in ("float16", "bfloat16", "float32"):
        values, places = tf.cast(random.randn(50, 2), dtype), tf.constant(random.randint(0, 8, 50))
        seen += [tf.math.unsorted_segment_sum(values, places, 8),
                 tf.convert_to_tensor(tf.IndexedSlices(values, places, tf.constant([8, 2]))),
                 tf.tensor_scatter_nd_add(tf.zeros((8, 2), dtype), places[:, None], values)]
    return seen
