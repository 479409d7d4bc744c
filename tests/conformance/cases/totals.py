# SPDX-License-Identifier: Apache-2.0
# Sums, means, products, extremes, norms, questions and running totals, over axes of every kind.

M = tf.math
X = tf.constant([[[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]], [[2.0, 2.0, 2.0], [3.0, -1.5, 0.25]]])
B = tf.constant([[True, False, True], [True, True, True]])
I = tf.constant([[3, -4, 5], [1, 2, 7]])
EMPTY = tf.zeros([0, 3])
AXES = {
    "none": None, "0": 0, "1": 1, "2": 2, "-1": -1, "-3": -3, "list": [0, 2], "tuple": (1,), "negative list": [-1, 0],
    "tensor": tf.constant(1), "tensor list": tf.constant([0, 1]), "all": [0, 1, 2], "empty": [], "numpy": np.array([0, 1]),
    "range": range(2), "3": 3, "-4": -4, "twice": [0, 0], "twice negative": [0, -3], "numpy int": np.int64(1),
}


def with_gradient(f, x=X):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = f(x)
        first = inner.gradient(y, x)
    return y, first, outer.gradient(first, x)


SMOOTH = ["reduce_sum", "reduce_mean", "reduce_prod", "reduce_max", "reduce_min", "reduce_euclidean_norm", "reduce_logsumexp",
          "reduce_std", "reduce_variance"]
for name in SMOOTH:
    f = getattr(M, name)
    for how, axis in AXES.items():
        case(f"{name} over {how}")(lambda f=f, axis=axis: with_gradient(lambda x: f(x, axis=axis)))
        case(f"{name} over {how} kept")(lambda f=f, axis=axis: f(X, axis, True))
    case(f"{name} of nothing")(lambda f=f: f(EMPTY))
    case(f"{name} of nothing along it")(lambda f=f: f(EMPTY, axis=0))
    case(f"{name} of nothing across it")(lambda f=f: f(EMPTY, axis=1))
    case(f"{name} scalar")(lambda f=f: with_gradient(f, tf.constant(3.0)))
    case(f"{name} scalar axis")(lambda f=f: f(tf.constant(3.0), axis=0))
    case(f"{name} list")(lambda f=f: f([[1.0, 2.0], [3.0, 4.0]], 0))
    case(f"{name} ints")(lambda f=f: f(I))
    case(f"{name} ints axis")(lambda f=f: f(I, axis=1))
    case(f"{name} int list")(lambda f=f: f([1, 2, 4]))
    case(f"{name} bool")(lambda f=f: f(B))
    case(f"{name} float16")(lambda f=f: f(tf.cast(X, tf.float16), axis=2))
    case(f"{name} float64")(lambda f=f: with_gradient(lambda x: f(x, axis=1), tf.cast(X, tf.float64)))
    case(f"{name} int8")(lambda f=f: f(tf.constant([100, 100, 100], tf.int8)))
    case(f"{name} nan")(lambda f=f: f(tf.constant([1.0, float("nan"), 3.0])))
    case(f"{name} infinite")(lambda f=f: f(tf.constant([-float("inf"), -float("inf")])))
    case(f"{name} variable")(lambda f=f: f(tf.Variable([[1.0, 2.0], [3.0, 4.0]]), axis=[0]))
    case(f"{name} string")(lambda f=f: f(tf.constant(["a", "b"])))
    case(f"{name} axis 1.0")(lambda f=f: f(X, axis=1.0))
    case(f"{name} of tensors")(lambda f=f: f([tf.constant([1.0, 2.0]), tf.constant([3.0, 5.0])], axis=0))
    case(f"{name} complex")(lambda f=f: f(tf.constant([1.0 + 2.0j, 3.0 - 1.0j])))

for name in ("reduce_any", "reduce_all"):
    f = getattr(M, name)
    for how, axis in (("none", None), ("0", 0), ("-1", -1), ("list", [0, 1]), ("2", 2)):
        case(f"{name} over {how}")(lambda f=f, axis=axis: f(B, axis=axis))
        case(f"{name} over {how} kept")(lambda f=f, axis=axis: f(B, axis, keepdims=True))
    case(f"{name} floats")(lambda f=f: f(X))
    case(f"{name} int list")(lambda f=f: f([1, 0]))
    case(f"{name} of nothing")(lambda f=f: f(tf.constant([], tf.bool)))


@case
def max_with_ties():
    return with_gradient(lambda x: tf.reduce_max(x, axis=1), tf.constant([[1.0, 3.0, 3.0], [2.0, 2.0, 2.0]]))


@case
def min_with_ties():
    return with_gradient(tf.reduce_min, tf.constant([[1.0, 3.0, 1.0], [2.0, 1.0, 2.0]]))


@case
def product_with_zeros():
    return [with_gradient(lambda x: tf.reduce_prod(x, axis=1), tf.constant(x))[:2]
            for x in ([[1.0, 0.0, 3.0], [2.0, 2.0, 2.0]], [[0.0, 0.0, 3.0]])]


@case
def norm_of_zeros():
    return with_gradient(M.reduce_euclidean_norm, tf.zeros([3]))


@case
def long_sums():
    x = tf.range(1, 20001, dtype=tf.float32) / 7.0
    return tf.reduce_sum(x), tf.reduce_mean(x), tf.reduce_sum(tf.reshape(x, [200, 100]), 0), tf.math.reduce_std(x)


for text in (
    "M.count_nonzero(X)", "M.count_nonzero(X, 1)", "M.count_nonzero(I, 1, True, tf.int32)", "M.count_nonzero(['', 'a'])",
    "M.count_nonzero(B)", "M.count_nonzero([[0, 1], [1, 1]], axis=-1)", "M.zero_fraction(tf.constant([0.0, 1.0, 0.0]))",
    "tf.nn.zero_fraction([0, 1])", "tf.add_n([X, X])", "tf.add_n([X])", "tf.add_n([])", "tf.add_n(X)", "tf.add_n([1.0, 2.0])",
    "tf.add_n([X, tf.constant(1.0)])", "tf.add_n([X, I])", "tf.add_n(5)", "M.accumulate_n([X, X])", "M.accumulate_n([])",
    "M.accumulate_n([X, X], shape=[2, 2, 2])", "M.accumulate_n([X, X], tensor_dtype=tf.int32)", "M.accumulate_n([X, I])",
    "M.l2_normalize(X)", "M.l2_normalize(tf.constant([[3.0, 4.0], [0.0, 0.0]]), axis=1)", "tf.nn.l2_normalize([3.0, 4.0], 0)",
    "tf.cumsum(X, axis=3)", "tf.cumsum(X, axis=-4)", "tf.cumsum(tf.constant(1.0))", "tf.cumsum([True])",
    "tf.cumsum(X, axis=tf.constant(1))", "tf.cumsum(X, axis=1.0)", "tf.cumsum([1, 2, 3])", "tf.cumsum(EMPTY)",
    "M.cumulative_logsumexp([1, 2])", "M.cumprod(I, 1)", "tf.cumsum(tf.constant([100, 100], tf.int8))",
):
    case(text)(lambda text=text: eval(text))


@case
def gradient_of_add_n():
    v, w = tf.Variable([1.0, 2.0]), tf.Variable([3.0, 4.0])
    with tf.GradientTape() as tape:
        y = tf.add_n([v, w, v]) * tf.constant([1.0, 5.0])
    return tape.gradient(y, [v, w])


@case
def gradient_of_l2_normalize():
    return with_gradient(lambda x: tf.math.l2_normalize(x, axis=-1))


for name in ("cumsum", "cumprod", "cumulative_logsumexp"):
    f = getattr(M, name)
    for axis in (0, 1, -1):
        for exclusive in (False, True):
            for reverse in (False, True):
                case(f"{name} {axis} {exclusive} {reverse}")(
                    lambda f=f, axis=axis, exclusive=exclusive, reverse=reverse: weighted(f, axis, exclusive, reverse))


def weighted(f, axis, exclusive, reverse):
    with tf.GradientTape() as tape:
        tape.watch(X)
        y = f(X, axis=axis, exclusive=exclusive, reverse=reverse)
    return y, tape.gradient(y, X, output_gradients=tf.reshape(tf.range(12.0) - 3.0, [2, 2, 3]))
