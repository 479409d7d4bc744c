# SPDX-License-Identifier: Apache-2.0
# tf.experimental.numpy: numpy's names over tensors. The last cases switch numpy's behaviour of tensors on, for good.
tnp = tf.experimental.numpy

PLAIN = """tnp.asarray(1)|tnp.asarray(1.5)|tnp.asarray([1, 2.0])|tnp.array([True])|tnp.asarray(np.float32(1))|tnp.asarray('text')|tnp.asarray([1, 2], tnp.float32)
tnp.array([1, 2], ndmin=2)|tnp.arange(3)|tnp.arange(3.0)|tnp.arange(1, 7, 2)|tnp.arange(3, dtype=tnp.float32)|tnp.ones([2, 1])|tnp.zeros(2, tnp.int32)
tnp.full((2,), 3)|tnp.full((2,), 3.5)|tnp.eye(2, 3, 1)|tnp.identity(2)|tnp.linspace(0, 1, 3)|tnp.diag([1, 2])|tnp.diag([[1, 2], [3, 4]])|tnp.tri(2)
tnp.tril([[1, 2], [3, 4]])|tnp.triu([[1, 2], [3, 4]])|tnp.ones_like([1, 2])|tnp.zeros_like([1.0])|tnp.full_like([1, 2], 7)
tnp.sum([1, 2])|tnp.sum(np.ones(2, np.int32))|tnp.sum([[1.0, 2.0]], axis=1, keepdims=True)|tnp.prod([2, 3])|tnp.mean([1, 2])|tnp.mean(np.float32([1, 2]))
tnp.max([1, 3, 2])|tnp.min([[1, 3], [0, 2]], axis=0)|tnp.var([1.0, 2.0])|tnp.var([1, 2])|tnp.std([1.0, 3.0])|tnp.any([0, 1])|tnp.all([0, 1])
tnp.argmax([1, 3, 2])|tnp.argmin([[1, 3], [0, 2]])|tnp.argmax([[1, 3], [4, 2]], axis=1)|tnp.cumsum([1, 2, 3])|tnp.cumsum([[1, 2], [3, 4]], axis=0)
tnp.cumprod([1, 2, 3])|tnp.count_nonzero([0, 1, 2])|tnp.trace([[1, 2], [3, 4]])|tnp.ptp([1, 5])
tnp.add(1, 2.5)|tnp.add(1, 2)|tnp.add(np.int8(1), np.int32(5))|tnp.add(tf.constant(1), 2.5)|tnp.add(tf.ones([2]), 2.0)|tnp.add(tf.ones([2]), np.float64(2))
tnp.subtract([1, 2], [3.0, 4.0])|tnp.multiply(np.int32(2), 2.5)|tnp.divide(1.0, 2.0)|tnp.floor_divide(7, 2)|tnp.mod(7, 3)|tnp.power(2, 3)
tnp.power(2.0, 3)|tnp.maximum([1, 5], [3, 2])|tnp.minimum(1, 2.5)|tnp.equal([1, 2], [1.0, 3.0])|tnp.less(1, 2)|tnp.logical_and([1, 0], [1, 1])
tnp.logical_not([1, 0])|tnp.dot([1, 2], [3, 4])|tnp.dot([[1.0, 2.0]], [[3.0], [4.0]])|tnp.matmul([[1, 2]], [[3], [4]])|tnp.matmul([1, 2], [3, 4])
tnp.inner([1, 2], [3, 4])|tnp.outer([1, 2], [3, 4])|tnp.tensordot([1, 2], [3, 4], 1)|tnp.einsum('i,i', [1, 2], [3, 4])|tnp.vdot([1, 2], [3, 4])
tnp.sin(1.0)|tnp.exp([1.0, 2.0])|tnp.log(2.0)|tnp.sqrt(4.0)|tnp.sqrt(np.float32(4))|tnp.abs([-1, 2])|tnp.negative(1)|tnp.square([2, 3])|tnp.sign([-2.0, 0.0])
tnp.floor(2.5)|tnp.ceil(2.5)|tnp.tanh(0.5)|tnp.isnan([1.0, np.nan])|tnp.isfinite([1.0])|tnp.clip([1, 5], 2, 3)|tnp.clip([1.0, 5.0], 2, None)
tnp.isclose(1.0, 1.0)|tnp.allclose([1.0, 2.0], [1.0, 2.0])|tnp.array_equal([1, 2], [1, 2])|tnp.real([1.0])|tnp.log2(8.0)|tnp.log1p(1.0)
tnp.where([True, False])|tnp.where([True, False], 1, 2.5)|tnp.nonzero([1, 0, 2])|tnp.take([1, 2, 3], [0, 2])|tnp.concatenate([[1], [2.5]])|tnp.stack([[1], [2]])
tnp.vstack([[1], [2]])|tnp.hstack([[1], [2]])|tnp.dstack([[1], [2]])|tnp.split(tf.range(4), 2)|tnp.split(tf.range(4), [1, 3])|tnp.append([1], [2])
tnp.reshape([1, 2, 3, 4], (2, 2))|tnp.ravel([[1, 2]])|tnp.transpose([[1, 2]])|tnp.swapaxes([[1, 2]], 0, 1)|tnp.moveaxis(tf.ones([1, 2, 3]), 0, -1).shape
tnp.expand_dims([1], 0)|tnp.squeeze([[1]])|tnp.broadcast_to([1, 2], (2, 2))|tnp.tile([1, 2], 2)|tnp.repeat([1, 2], 2)|tnp.roll([1, 2, 3], 1)
tnp.average([[1.0, 2.0], [3.0, 4.0]], axis=0, weights=[1, 2])|tnp.average([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], axis=0, weights=[1.0, 3.0])|tnp.average([[1.0, 2.0], [3.0, 4.0]], axis=-1, weights=[1, 2])|tnp.pad([1], [[1, 1]])|tnp.flip([1, 2, 3])|tnp.pad([1, 2], [[1, 1]], 'constant')|tnp.meshgrid([1, 2], [3, 4])|tnp.sort([3, 1, 2])|tnp.argsort([3, 1, 2])|tnp.diff([1, 4, 9])
tnp.atleast_1d(1)|tnp.atleast_2d([1, 2])|tnp.atleast_3d([1, 2])|tnp.shape([[1, 2]])|tnp.ndim([[1]])|tnp.size([[1, 2]])|tnp.isscalar(1)
tnp.result_type(tnp.int32, tnp.float32)|tnp.result_type(1, 2.0)|tnp.promote_types(tnp.int32, tnp.float32)|tnp.pi|tnp.iinfo(tnp.int32).max
tnp.ones(2) + tnp.ones(3)|tnp.reshape([1, 2, 3], (2, 2))|tnp.foo|tnp.random.randn(2, 3).shape|tnp.random.uniform(size=(2,)).dtype|tnp.random.randint(3, size=(2,)).dtype"""

for _text in PLAIN.replace("\n", "|").split("|"):
    @case(_text)
    def of_a_name(text=_text):
        return eval(text, {"tf": tf, "np": np, "tnp": tnp})


@case
def gradient_through_names():
    v = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as tape:
        target = tnp.sum(tnp.sqrt(v) * tnp.exp(v) + tnp.dot(v, v) + tnp.where(v > 1.5, v, 2.0 * v))
    return tape.gradient(target, v)


BEHAVIOUR = """a + 2.0|a * 2|a + np.float64(2)|i + 2.5|i / 2|i ** 2|tf.constant(1) + tf.constant(1.5)|2.5 - i|tf.constant([True]) + 1|tf.constant(7) // 2
i @ a|-i|i == a|i < 1.5|tf.constant([3]) % 2.5|a.T|a.astype(tnp.int32)|a.size|a.reshape(1, 2)|a.reshape((2, 1))|a.ravel()|a.transpose()|a.tolist()
a.clip(0, 0.5)|a.data|round(a)|x[0]|x[:, [0, 2]]|x[[1, 0]]|x[x > 2]|x[1, -1]|x[..., 0]|x[tnp.asarray([0, 1]), tnp.asarray([0, 2])]
x[:, tf.constant([True, False, True])]|x[:, (0, 1)]|x[1, (0, 1)]|v + 1|v * np.float64(2)|v.T|v[0]|v * 2.5|x.foo|tf.add(i, 1.5)|tf.reduce_sum(x)
np.sum(a)|tf.constant(1.5)|tnp.asarray(1.0) + tf.ones([2])|sum([a, i])"""


@case
def behaviour_of_numpy():
    tnp.experimental_enable_numpy_behavior()
    known = {"tf": tf, "np": np, "tnp": tnp, "a": tf.ones([2]), "i": tf.constant([1, 2]), "v": tf.Variable([1.0, 2.0]),
             "x": tnp.arange(6).reshape(2, 3)}
    results = []
    for text in BEHAVIOUR.replace("\n", "|").split("|"):
        try:
            results.append((text, eval(text, known)))
        except Exception as problem:
            results.append((text, type(problem).__name__, str(problem)))
    return results


@case
def floats_that_are_narrow():
    tnp.experimental_enable_numpy_behavior(prefer_float32=True)
    try:
        return tnp.asarray(1.0), tnp.add(1.0, 2.0), tnp.asarray(1), tnp.ones(1), tnp.asarray([1, 2]) / 2
    finally:
        tnp.experimental_enable_numpy_behavior(prefer_float32=False)


@case
def gradient_through_indices():
    tnp.experimental_enable_numpy_behavior()
    v = tf.constant([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    with tf.GradientTape() as tape:
        tape.watch(v)
        target = (v[:, [0, 2]] * v[[1, 0]][:, [1, 1]]).reshape(-1).mean()
    return tape.gradient(target, v)
