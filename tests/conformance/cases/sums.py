# SPDX-License-Identifier: Apache-2.0
# Sums, means, products and norms of floats to the last bit: TensorFlow's kernels join numbers in an order of their own.
_DTYPES = ("float16", "bfloat16", "float32", "float64")
_SHAPES = {
    (): [None], (1,): [None], (3,): [None], (7,): [None], (8,): [0], (17,): [None], (31,): [None], (33,): [None], (64,): [None],
    (100,): [None], (1000,): [None], (1601,): [None], (4500,): [None], (9000,): [None],
    (4, 3): [None, 0, 1], (16, 5): [0, 1], (5, 16): [0, 1], (32, 8): [None, 0, 1], (64, 1): [0, 1], (1, 40): [0, 1], (40, 17): [0, 1],
    (300, 9): [0, 1], (3, 900): [0, 1], (2, 3, 4): [0, 1, 2, (0, 1), (1, 2), (0, 2), None], (5, 6, 7): [1, (0, 2)],
    (3, 20, 9): [0, 1, 2, (0, 2)], (2, 17, 16): [1, (0, 2)], (2, 3, 20, 5): [(0, 2), (1, 3), (1, 2), (0, 1, 3)], (20, 1, 16): [0, (0, 1)],
}


def _numbers(shape, dtype):
    random = np.random.RandomState(7)
    return tf.cast(random.randn(*shape) * random.choice([0.01, 0.1, 1, 10], shape), dtype)


def _reduced(shape, axes, dtype):
    x = _numbers(shape, dtype)
    return [[reduce(x, axis) for reduce in (tf.reduce_sum, tf.reduce_mean, tf.math.reduce_euclidean_norm)] for axis in axes]


for _shape, _axes in _SHAPES.items():
    for _dtype in _DTYPES:
        case(f"{_dtype} of {_shape}")(lambda s=_shape, a=_axes, d=_dtype: _reduced(s, a, d))
for _dtype in _DTYPES:
    case(f"{_dtype} products")(lambda d=_dtype: [tf.reduce_prod(tf.abs(_numbers(s, d)) + 0.5, a) for s, a in (((9,), None), ((40, 3), 0), ((3, 40), 1))])
    case(f"{_dtype} halves of squares")(lambda d=_dtype: [tf.nn.l2_loss(_numbers((n,), d)) for n in (3, 17, 40, 200)])
    case(f"{_dtype} clipped")(lambda d=_dtype: [tf.clip_by_norm(_numbers((n,), d), 1.0) for n in (3, 17, 40)] + list(
        tf.clip_by_global_norm([_numbers((33,), d), _numbers((5, 7), d)], 1.0)))
    case(f"{_dtype} summed back")(lambda d=_dtype: _summed_back(d))
for _dtype in ("float16", "bfloat16"):
    case(f"{_dtype} logistic")(lambda d=_dtype: tf.sigmoid(_numbers((64,), d)))


def _summed_back(dtype):
    x, b = _numbers((40, 6), dtype), tf.Variable(_numbers((6,), dtype))
    with tf.GradientTape() as tape:
        y = (x + b) * x
    return tape.gradient(y, b)
