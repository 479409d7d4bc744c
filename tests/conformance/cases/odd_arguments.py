# SPDX-License-Identifier: Apache-2.0
# What finds the largest of a row, rows that only fall, and arguments of odd kinds.
for _row in ([1.0, np.nan, 3.0, 2.0], [np.nan, 1.0, np.nan, 5.0, 0.0], [3.0, 2.0, np.nan], [5.0, 4.0, 3.0, np.nan, 2.0, 1.0, np.nan, 0.0],
             [np.nan, 1.0, 2.0, 3.0], [1.0, 2.0, 3.0, np.nan]):
    @case(f"top of {_row}")
    def top_of(row=_row):
        return [tf.math.top_k(tf.constant(row), k) for k in range(2, len(row))]


@case
def largest_about():
    x = tf.constant([[3.0, 1.0, 2.0], [4.0, 6.0, 5.0]])
    found = tf.math.approx_max_k(x, 2)
    return type(found).__name__, found.values, found.indices, tf.math.approx_max_k(tf.cast(x, tf.float16), 1)


@case
def largest_about_of_integers():
    return tf.math.approx_max_k(tf.constant([1, 2]), 1)


for _text in ("[[3., 1., 2.]]", "[[3., 1., 2.], [1., 2., 3.]]", "[[1, 3, 2, 2, 5]]", "[[4., 4., 1., 2., 0.]]", "[[1.]]"):
    @case(f"falling {_text}")
    def falling(text=_text):
        x = tf.constant(eval(text))
        return tf.nn.isotonic_regression(x), tf.nn.isotonic_regression(x, decreasing=False)


@case
def falling_gradient():
    x = tf.constant([[3.0, 1.0, 2.0], [0.0, 4.0, 6.0]])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = tf.reduce_sum(tf.nn.isotonic_regression(x)[0] ** 2 * [1.0, 2.0, 3.0])
    return tape.gradient(y, x)


MATRIX = "[[0., 1., 0.], [1., 0., 1.], [0., 1., 1.]]|[[1., 1., 0.], [1., 1., 0.], [0., 0., 1.]]|[[[1., 1., 0.], [1., 1., 0.], [0., 0., 1.]], [[1., 0., 0.], [0., 1., 0.], [0., 0., 2.]]]"
for _text in MATRIX.split("|"):
    @case(f"three diagonals {_text}")
    def diagonals(text=_text):
        matrix = tf.constant(eval(text))
        return tf.linalg.tridiagonal_solve(matrix, tf.ones(matrix.shape[:-1]), diagonals_format="matrix")


ODD = """tf.repeat([], [])|tf.repeat([1, 2], [True, False])|tf.clip_by_norm(tf.ones([2]), None)|tf.reshape(tf.ones([4]), tf.constant([4], tf.int16))
tf.reshape(tf.ones([4]), tf.constant([4.0]))|tf.broadcast_to(tf.ones([2]), tf.constant([2.0, 2.0]))|tf.transpose(tf.ones([2, 2]), tf.constant([1.0, 0.0]))
tf.strings.to_hash_bucket_fast(['a'], 0)|tf.strings.to_hash_bucket(['a'], 0)|tf.strings.to_hash_bucket_strong(['a'], 0, [1, 2])
tf.strings.to_hash_bucket_strong(['a'], 5, [1])|tf.strings.to_hash_bucket_fast('a', 2.5)|tf.image.extract_patches(im, [2, 2], [1, 2, 2, 1], [1, 1, 1, 1], 'VALID')
tf.image.extract_patches(im, [1, 2, 2, 1], [1, 0, 2, 1], [1, 1, 1, 1], 'VALID')|tf.image.extract_patches(im, [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], 'FULL')
tf.image.extract_patches(im[0], [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], 'SAME')|tf.strings.join([tf.constant(['a']), tf.constant([1])])
tf.tile(tf.ones([2, 2]), tf.constant([1.0, 1.0]))|tf.tile(tf.ones([2]), tf.constant([2], tf.int64))|tf.strings.split(tf.constant([1]))|tf.strings.split(tf.constant(1.5))
tf.broadcast_to(tf.ones([2]), tf.constant([2, 2], tf.int64))|tf.gather_nd(tf.constant(1.0), [[0]])|tf.tensor_scatter_nd_update(tf.ones([2, 2]), [[0]], [[1.0, 2.0, 3.0]])|tf.tensor_scatter_nd_max(tf.ones([2, 2]), [[0]], [[1.0]])
tf.tensor_scatter_nd_update(tf.ones([2, 2]), [[0, 0]], [[1.0]])|tf.concat([tf.ones([2]), tf.constant(1.0)], 0)|tf.matmul(tf.ones([2], tf.float16), tf.ones([2], tf.float16))
tf.matmul(tf.ones([2, 2], tf.bfloat16), tf.ones([2], tf.bfloat16))|tf.matmul(tf.ones([2, 2], tf.float16), tf.ones([2, 2]))"""
for _text in ODD.replace("\n", "|").split("|"):
    @case(_text)
    def odd(text=_text):
        return eval(text, {"tf": tf, "np": np, "im": tf.reshape(tf.range(16.0), [1, 4, 4, 1])})


class _Refusing:
    def __int__(self):
        raise KeyError("no")

    def __float__(self):
        raise KeyError("no")


class _Standing:
    def __int__(self):
        return 2

    def __float__(self):
        return 0.5


# Numbers that do not fit, texts that have no bytes, and what an object says when it is asked for its number.
_GIVEN = {"large": 2 ** 70, "small": -2 ** 70, "infinite": float("inf"), "half": "\ud800", "refusing": _Refusing(), "standing": _Standing()}
_ASKED = {
    "top_k": lambda v: tf.math.top_k([1.0, 2.0], k=v), "cumsum": lambda v: tf.cumsum([1.0, 2.0], axis=v), "argmax": lambda v: tf.argmax([1.0, 2.0], axis=v),
    "expand_dims": lambda v: tf.expand_dims([1.0], v), "space_to_depth": lambda v: tf.nn.space_to_depth(tf.zeros([1, 4, 4, 1]), v),
    "depth_to_space": lambda v: tf.nn.depth_to_space(tf.zeros([1, 1, 1, 4]), v), "as_string": lambda v: tf.strings.as_string([1.5], precision=v),
    "join": lambda v: tf.strings.join(["a", "b"], separator=v), "reduce_join": lambda v: tf.strings.reduce_join(["a", "b"], separator=v),
    "fill": lambda v: tf.strings.as_string([1.5], fill=v, width=4)}
for _name, _asked in _ASKED.items():
    for _kind, _value in _GIVEN.items():
        if (_name, _kind) not in (("expand_dims", "half"), ("expand_dims", "infinite"), ("top_k", "infinite")):
            case(f"{_name} of what is {_kind}")(lambda asked=_asked, value=_value: asked(value))
