# SPDX-License-Identifier: Apache-2.0
# Places by size, sorted and distinct values, permutations, counts, segments.

M = tf.math
X = tf.constant([[3.0, 1.0, 2.0], [4.0, 4.0, 0.0]])
I = tf.constant([3, 1, 3, 2, 1, 3])
S = tf.constant(["a", "b", "a"])
ONE = tf.constant(1.0)
NAN = float("nan")

for text in (
    "tf.argmax(X)", "tf.argmax(X, 1)", "tf.argmax(X, axis=-1, output_type=tf.int32)", "tf.argmax(X, 5)", "tf.argmax(X, -3)",
    "tf.argmax(X, 1.0)", "tf.argmax(X, axis=tf.constant(1))", "tf.argmax(tf.zeros([0, 3]))", "tf.argmax(tf.zeros([0, 3]), 1)",
    "tf.argmax(ONE)", "tf.argmax(tf.constant([False, True]))", "tf.argmax([1, 5, 2])", "tf.argmin(X, 1)", "tf.argmin(X)",
    "tf.argmax(tf.constant([1.0, NAN, 3.0]))", "tf.argmin(tf.constant([1.0, NAN, 3.0]))", "tf.math.argmax([[1, 2], [3, 0]], 0)",
    "M.top_k(X)", "M.top_k(X, 2)", "M.top_k(X, 3)", "M.top_k(X, 4)", "M.top_k(X, -1)", "M.top_k(X, 0)", "M.top_k(ONE)",
    "M.top_k(X, 2, index_type=tf.int64)", "tf.nn.top_k([1, 3, 2], 2)", "M.top_k(X, 2.0)", "M.top_k(X, k=tf.constant(2))",
    "M.top_k(I, 6)", "tf.sort(X)", "tf.sort(X, axis=0)", "tf.sort(X, direction='DESCENDING')", "tf.sort(X, direction='UP')",
    "tf.sort(I)", "tf.sort(tf.constant([3, 1, 2], tf.uint8))", "tf.sort(tf.constant([3, -128, 127], tf.int8))",
    "tf.argsort(X)", "tf.argsort(X, axis=0, direction='DESCENDING')", "tf.argsort(I, stable=True)", "tf.sort([3, 1, 2])",
    "tf.sort(tf.constant([1.0, NAN, -3.0]))", "tf.sort(tf.reshape(tf.range(12, 0, -1), [2, 3, 2]), axis=1)",
    "tf.argsort(tf.constant([2.0, 1.0, 2.0, 1.0]), direction='DESCENDING')", "tf.sort([2.5, 0.5])", "tf.unique(I)",
    "tf.unique(S)", "tf.unique(X)", "tf.unique_with_counts(I)", "tf.unique(I, out_idx=tf.int64)", "tf.unique([1.0, 2.0, 1.0])",
    "M.in_top_k([0, 1], X, 1)", "M.in_top_k([2, 2], X, 2)", "M.in_top_k([0], X, 2)", "M.in_top_k([0, 5], X, 2)",
    "M.in_top_k([0, 5], [1.0, 2.0], 2)", "tf.nn.in_top_k([0, 1], [[1.0, NAN], [2.0, 3.0]], 2)", "M.invert_permutation([2, 0, 1])",
    "M.invert_permutation([2, 0, 2])", "M.invert_permutation([2, 0, 3])", "M.invert_permutation([[2, 0, 1]])",
    "M.bincount(I)", "M.bincount(I, weights=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])", "M.bincount(I, minlength=6)",
    "M.bincount(I, maxlength=2)", "M.bincount([-1, 2])", "M.bincount([[1, 2], [2, 2]], axis=-1)", "M.bincount([[1, 2], [2, 2]])",
    "M.bincount([1, 1, 2], dtype=tf.float32)", "M.bincount([1, 1, 2], binary_output=True)", "M.bincount([1.0, 2.0])",
    "M.bincount(I, weights=[1.0])", "M.bincount([[1, 2], [2, 2]], axis=2)", "M.bincount(tf.constant([], tf.int32))",
    "tf.histogram_fixed_width([0.0, 1.5, 2.5, 5.0, -1.0], [0.0, 5.0], nbins=5)",
    "tf.histogram_fixed_width([0, 1, 2, 5, -1], [0, 5], nbins=5)", "tf.histogram_fixed_width([0.0], [5.0, 0.0])",
    "tf.histogram_fixed_width([0.0], [0.0, 5.0], nbins=0)",
    "tf.histogram_fixed_width([0.0, 1.5, 2.5, 5.0, -1.0], [0.0, 5.0], 5, dtype=tf.int64)",
    "tf.histogram_fixed_width_bins([0.0, 1.5, 2.5, 5.0, -1.0], [0.0, 5.0], nbins=5)",
    "M.confusion_matrix([1, 2], [1, 1])", "M.confusion_matrix([1, 2], [1, 1], num_classes=4)",
    "M.confusion_matrix([1, 2], [1, 1], num_classes=2)", "M.confusion_matrix([1, -2], [1, 1])",
    "M.confusion_matrix([1, 2], [1, 1], weights=[0.5, 2.0], dtype=tf.float32)",
    "M.segment_sum(X, [1, 0])", "M.segment_sum(X, [-1, 0])", "M.segment_sum(X, [0])", "M.segment_sum(X, [[0, 1]])",
    "M.segment_sum(ONE, [0])", "M.segment_mean(tf.constant([1, 2, 4]), [0, 0, 0])", "M.segment_max(tf.constant([1, 2]), [0, 2])",
    "M.unsorted_segment_sum(X, [1, 3], 3)", "M.unsorted_segment_sum(X, [1], 3)",
    "M.unsorted_segment_sum(X, [[1, 0, 1], [2, 2, 2]], 3)", "M.unsorted_segment_sum(X, [1, 0], -1)",
    "M.unsorted_segment_max(tf.constant([1, 2]), [0, 0], 2)", "M.unsorted_segment_sum(X, tf.constant([1, 0]), tf.constant(2))",
):
    case(text)(lambda text=text: eval(text))


def with_gradient(f, x, weights=None):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return y, tape.gradient(y, x, output_gradients=weights)


@case
def gradient_of_top_k():
    return with_gradient(lambda x: M.top_k(x, 2).values, X, tf.constant([[1.0, 2.0], [3.0, 4.0]]))


@case
def gradient_of_sort():
    w = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    return with_gradient(lambda x: tf.sort(x, axis=0), X, w), with_gradient(tf.sort, X, w)


@case
def gradient_of_argmax():
    with tf.GradientTape() as tape:
        tape.watch(X)
        y = tf.cast(tf.argmax(X, 1), tf.float32) * 2.0
    return tape.gradient(y, X)


@case
def gradient_of_unique():
    return with_gradient(lambda x: tf.unique(x)[0], tf.constant([1.0, 2.0, 1.0]))


DATA = tf.constant([[1.0, 2.0], [3.0, 0.0], [3.0, 4.0], [5.0, 0.0], [0.5, 0.0]])
for name in ("sum", "mean", "prod", "max", "min"):
    for ids in ([0, 0, 0, 2, 2], [0, 1, 2, 3, 4], [0, 0, 0, 0, 0]):
        case(f"segment_{name} {ids}")(
            lambda name=name, ids=ids: with_gradient(lambda x: getattr(M, "segment_" + name)(x, tf.constant(ids)), DATA))
for name in ("sum", "mean", "prod", "max", "min", "sqrt_n"):
    for ids in ([2, 0, 2, 0, 2], [-1, 1, 1, -1, 0]):
        case(f"unsorted_segment_{name} {ids}")(lambda name=name, ids=ids: with_gradient(
            lambda x: getattr(M, "unsorted_segment_" + name)(x, tf.constant(ids), 4), DATA))
