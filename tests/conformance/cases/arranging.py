# SPDX-License-Identifier: Apache-2.0
# Expressions that arrange, cut and choose: each line is a case (see expressions.py).
EXPRESSIONS = """
tf.reshape(x, [3, 2])
tf.reshape(x, [-1])
tf.reshape(x, [3, -1])
tf.reshape(x, (1, 2, 3, 1))
tf.reshape(x, tf.constant([6], tf.int64))
tf.reshape(x, [tf.shape(x)[1], 2])
tf.reshape(s, [1, 1])
tf.reshape(tf.zeros((0, 3)), [0, 7])
tf.reshape(x, [4])
tf.reshape(x, [-1, 4])
tf.reshape(x, [-1, -1])
tf.reshape(x, [-2, 3])
tf.reshape(x, [2.0, 3.0])
tf.reshape(x, None)
tf.reshape(x, "a")
tf.reshape(x, 6)
tf.reshape(x, [[2], [3]])
tf.reshape([1, 2, 3, 4], [2, 2])
tf.reshape(tensor=x, shape=[6])
tf.reshape(x, [])
tf.reshape(x[:1, :1], [])
tf.transpose(x)
tf.transpose(x, [0, 1])
tf.transpose(b, [2, 0, 1])
tf.transpose(b)
tf.transpose(b, perm=[0, 2, 1])
tf.transpose(s)
tf.transpose(z, conjugate=True)
tf.transpose(x, [0])
tf.transpose(x, [0, 0])
tf.transpose(x, [0, 2])
tf.transpose(x, [-1, 0])
tf.transpose([[1, 2], [3, 4]])
tf.linalg.matrix_transpose(b)
tf.expand_dims(x, 0)
tf.expand_dims(x, -1)
tf.expand_dims(x, axis=1)
tf.expand_dims(x, 3)
tf.expand_dims(x, -4)
tf.expand_dims(x, [0])
tf.expand_dims(x, None)
tf.squeeze(x[tf.newaxis])
tf.squeeze(x[tf.newaxis, :, tf.newaxis], 0)
tf.squeeze(x[tf.newaxis, :, tf.newaxis], [0, 2])
tf.squeeze(x[tf.newaxis], axis=-3)
tf.squeeze(x, 0)
tf.squeeze(x, 5)
tf.squeeze(x, -4)
tf.concat([x, x], 0)
tf.concat([x, x * 2.0, x], 1)
tf.concat([x, y], -1)
tf.concat([x, tf.transpose(y)], axis=0)
tf.concat([x], 0)
tf.concat(x, 0)
tf.concat([x, [[1.0, 2.0, 3.0]]], 0)
tf.concat([x, tf.zeros((0, 3))], 0)
tf.concat([x, y], 0)
tf.concat([x, x], 2)
tf.concat([x, x], -3)
tf.concat([x, tf.cast(x, tf.float64)], 0)
tf.concat([x, b], 0)
tf.concat([s, s], 0)
tf.concat([], 0)
tf.concat([[1, 2], [3]], 0)
tf.concat([x, x], [0])
tf.concat([x, x], tf.constant(1))
tf.concat([i, [7]], 0)
tf.stack([x, x])
tf.stack([x, x * x], axis=1)
tf.stack([x, x], axis=-1)
tf.stack([s, s, 1.0])
tf.stack([x, y])
tf.stack([x, x], axis=3)
tf.stack([x, x], axis=-4)
tf.stack([])
tf.stack([1, 2, 3])
tf.stack([1.0, x])
tf.stack(x)
tf.stack([x, tf.cast(x, tf.float64)])
tf.unstack(x)
tf.unstack(x, axis=1)
tf.unstack(x, axis=-1)
tf.unstack(x, num=2)
tf.unstack(x, num=3)
tf.unstack(x, axis=2)
tf.unstack(s)
tf.unstack(x)[1] * 2.0
tf.split(x, 3, axis=1)
tf.split(x, 2)
tf.split(x, [1, 2], axis=1)
tf.split(x, [1, -1], 1)
tf.split(x, 2, axis=-1)
tf.split(x, 4, axis=1)
tf.split(x, [1, 1], axis=1)
tf.split(x, [2, 2], axis=1)
tf.split(x, 3, axis=2)
tf.split(x, 2)[0] * x
tf.split(x, num_or_size_splits=1)
tf.tile(x, [2, 1])
tf.tile(x, [1, 3])
tf.tile(v, [2])
tf.tile(x, [0, 1])
tf.tile(x, [2])
tf.tile(x, [-1, 1])
tf.tile(x, tf.constant([1, 2], tf.int64))
tf.tile(s, [])
tf.repeat(v, 2)
tf.repeat(x, 2, axis=0)
tf.repeat(x, [1, 2, 0], axis=1)
tf.repeat(x, [1, 2])
tf.repeat(x, 3)
tf.repeat(s, 3)
tf.pad(x, [[1, 1], [0, 2]])
tf.pad(x, [[1, 0], [2, 1]], constant_values=7.0)
tf.pad(x, [[1, 1], [2, 1]], mode="REFLECT")
tf.pad(x, [[1, 1], [2, 1]], "SYMMETRIC")
tf.pad(x, [[2, 0], [0, 0]], "REFLECT")
tf.pad(x, [[1, 1]])
tf.pad(x, [[-1, 0], [0, 0]])
tf.pad(x, [[1, 1], [0, 0]], "WRONG")
tf.pad(i, [[1, 2]], constant_values=9)
tf.broadcast_to(x, [2, 2, 3])
tf.broadcast_to(s, [3])
tf.broadcast_to(v, [2, 6])
tf.broadcast_to(x, [3, 3])
tf.broadcast_to(x, [3])
tf.broadcast_to(x, [-1, 3])
tf.reverse(x, [0])
tf.reverse(x, [1, 0])
tf.reverse(x, [-1])
tf.reverse(x, [2])
tf.reverse(x, [0, 0])
tf.reverse(x, 0)
tf.roll(x, 1, 0)
tf.roll(x, [1, -1], [0, 1])
tf.roll(x, shift=-4, axis=1)
tf.roll(v, 2, 0)
tf.roll(x, 1, 2)
tf.gather(x, [0, 1, 0])
tf.gather(x, i, axis=1)
tf.gather(x, [[0, 1], [1, 0]])
tf.gather(x, 1)
tf.gather(x, [2, 0], axis=-1)
tf.gather(v, i)
tf.gather(x, [])
tf.gather(x, [2])
tf.gather(x, [-1])
tf.gather(x, [3], axis=1)
tf.gather(x, [0], axis=2)
tf.gather(x, [0.0])
tf.gather(x, i, batch_dims=1)
tf.gather(x, [[0, 2], [1, 1]], batch_dims=1)
tf.gather(x, [[0, 2], [1, 1]], axis=1, batch_dims=1)
tf.gather(s, 0)
tf.gather([10, 20, 30], [2, 0])
tf.gather(tf.Variable([[1.0, 2.0], [3.0, 4.0]]), [1, 1])
tf.gather_nd(x, [[0, 1], [1, 2]])
tf.gather_nd(x, [[1]])
tf.gather_nd(x, [1, 1])
tf.gather_nd(x, [[2, 0]])
tf.gather_nd(x, [[0, 0, 0]])
tf.gather_nd(b, [[[0, 1]], [[1, 0]]])
tf.gather_nd(x, [[0], [1]], batch_dims=1)
tf.boolean_mask(x, c)
tf.boolean_mask(x, [True, False])
tf.boolean_mask(x, [True, False, True], axis=1)
tf.boolean_mask(x, [True])
tf.boolean_mask(x, [1, 0])
tf.boolean_mask(v, [False] * 6)
tf.where(c, x, 0.0)
tf.where(c, x, -x)
tf.where(x > 0, x, tf.zeros_like(x))
tf.where([True, False, True], x, 1.0)
tf.where(c)
tf.where([0.0, 1.5, 0.0, -1.0])
tf.where(c, x)
tf.where(c, x, y)
tf.where(x, x, x)
tf.where(c, 1, 2)
tf.where(c, 1, 2.5)
tf.where(True, s, v)
tf.where(c, x, tf.cast(x, tf.float64))
tf.where(tf.constant([True, False]), x, x)
tf.slice(x, [0, 1], [2, 2])
tf.slice(x, [1, 0], [-1, 2])
tf.slice(x, [0, 2], [1, 2])
tf.slice(x, [0], [1])
tf.slice(v, [2], [0])
tf.strided_slice(x, [0, 0], [2, 3], [1, 2])
x[0]
x[-1]
x[0, 1]
x[:, 1]
x[..., 0]
x[tf.newaxis]
x[:, tf.newaxis, 1:]
x[::-1]
x[:, ::2]
x[1:, :-1]
x[5:]
x[:0]
x[-5:5]
x[2]
x[-3]
x[0, 3]
x[0, 0, 0]
x[0:2:0]
x[1.0]
x["a"]
x[None]
x[True]
x[c]
x[x > 0]
x[tf.constant(1)]
x[tf.constant(0):tf.constant(1)]
x[[0, 1]]
x[i]
x[0][1]
x[..., tf.newaxis, 1]
x[..., ...]
x[np.int64(1)]
x[np.array([0])]
x[:, -1:0:-1]
b[..., 1]
b[0, ..., 1]
b[1, :, tf.newaxis]
b[:, 1:3, ::-1]
s[...]
s[tf.newaxis]
s[0]
v[4:1:-2]
v[-2:]
i[1:]
tf.Variable([1.0, 2.0, 3.0])[1:]
tf.shape(x)
tf.shape(b, out_type=tf.int64)
tf.shape(s)
tf.shape([[1, 2]])
tf.rank(b)
tf.size(b)
tf.size(x, out_type=tf.int64)
x.shape
x.shape.as_list()
x.shape.rank
x.shape[1]
x.shape[5]
x.shape + [1]
x.get_shape()
x.ndim
len(x)
"""
