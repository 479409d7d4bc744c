# SPDX-License-Identifier: Apache-2.0
# tf.Variable: assignments, whole, sliced and scattered.


@case
def assign():
    v = tf.Variable([1.0, 2.0])
    r = v.assign([3.0, 4.0])
    return (r, v, type(r).__name__, r is v)


@case
def assign_noread():
    v = tf.Variable([1.0, 2.0])
    return (v.assign([3.0, 4.0], read_value=False), v.assign_add([1.0, 1.0], read_value=False))


@case
def assign_kwargs():
    v = tf.Variable([1.0, 2.0])
    return v.assign([3.0, 4.0], use_locking=True, name="x", read_value=True)


@case
def assign_shape():
    v = tf.Variable([1.0, 2.0], name="w")
    return v.assign([1.0, 2.0, 3.0])


@case
def assign_scalar():
    v = tf.Variable([1.0, 2.0], name="w")
    return v.assign(1.0)


@case
def assign_dtype():
    v = tf.Variable([1.0, 2.0], name="w")
    return v.assign(tf.constant([1, 2]))


@case
def assign_dtype64():
    v = tf.Variable([1.0, 2.0], name="w")
    return v.assign(tf.constant([1.0, 2.0], tf.float64))


@case
def assign_int_list():
    v = tf.Variable([1.0, 2.0])
    v.assign([1, 2])
    return v


@case
def assign_float_to_int():
    v = tf.Variable([1, 2])
    return v.assign([1.5, 2.0])


@case
def assign_np64():
    v = tf.Variable([1.0, 2.0])
    v.assign(np.array([5.0, 6.0]))
    return v


@case
def assign_var():
    v = tf.Variable([1.0, 2.0])
    w = tf.Variable([7.0, 8.0])
    v.assign(w)
    return v


@case
def assign_var_dtype():
    v = tf.Variable([1.0, 2.0])
    w = tf.Variable([7, 8])
    return v.assign(w)


@case
def assign_none():
    v = tf.Variable([1.0, 2.0])
    return v.assign(None)


@case
def assign_str():
    v = tf.Variable([1.0, 2.0])
    return v.assign("a")


@case
def assign_add_none():
    v = tf.Variable([1.0, 2.0])
    return v.assign_add(None)


@case
def assign_add():
    v = tf.Variable([1.0, 2.0])
    return v.assign_add([1.0, 1.0]).assign_sub([0.5, 0.5])


@case
def assign_add_scalar():
    v = tf.Variable([1.0, 2.0])
    return v.assign_add(1.0)


@case
def assign_add_dtype():
    v = tf.Variable([1.0, 2.0])
    return v.assign_add(tf.constant([1, 2]))


@case
def assign_sub_dtype64():
    v = tf.Variable([1.0, 2.0])
    return v.assign_sub(tf.constant([1.0, 2.0], tf.float64))


@case
def assign_add_int():
    v = tf.Variable(5)
    v.assign_add(3)
    v.assign_sub(1)
    return v


@case
def assign_add_bool():
    v = tf.Variable(True)
    return v.assign_add(True)


@case
def assign_string():
    v = tf.Variable("abc")
    v.assign("xyz")
    return v


@case
def assign_bool():
    v = tf.Variable([True, False])
    v.assign([False, False])
    return v


@case
def iadd():
    v = tf.Variable(1.0)
    v += 1.0


@case
def isub():
    v = tf.Variable(1.0)
    v -= 1.0


@case
def imul():
    v = tf.Variable(1.0)
    v *= 2.0


@case
def idiv():
    v = tf.Variable(1.0)
    v /= 2.0


@case
def ipow():
    v = tf.Variable(1.0)
    v **= 2.0


@case
def ifloordiv():
    v = tf.Variable(1.0)
    v //= 2.0


@case
def imatmul():
    v = tf.Variable([[1.0]])
    v @= [[2.0]]


@case
def imod():
    v = tf.Variable(1.0)
    v %= 2.0
    return v


@case
def setitem():
    v = tf.Variable([1.0, 2.0])
    v[0] = 1.0


@case
def delitem():
    v = tf.Variable([1.0, 2.0])
    del v[0]


@case
def getitem():
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    return (v[0], v[0, 1], v[:, 1], v[-1], v[..., 0], v[tf.newaxis, 0])


@case
def getitem_type():
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    return type(v[0]).__name__


@case
def getitem_bad():
    v = tf.Variable([1.0, 2.0])
    return v[5]


@case
def getitem_tensor():
    v = tf.Variable([1.0, 2.0])
    return v[tf.constant(1)]


@case
def getitem_var():
    v = tf.Variable([1.0, 2.0])
    return v[tf.Variable(1)]


@case
def getitem_list():
    v = tf.Variable([1.0, 2.0])
    return v[[0, 1]]


@case
def slice_assign():
    v = tf.Variable([1.0, 2.0, 3.0, 4.0])
    r = v[1:3].assign([9.0, 8.0])
    return (r, v)


@case
def slice_assign2():
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    v[0].assign([9.0, 8.0])
    v[:, 1].assign([7.0, 7.0])
    v[1, 0].assign(5.0)
    return v


@case
def slice_assign_bc():
    v = tf.Variable([1.0, 2.0, 3.0, 4.0])
    v[1:3].assign(9.0)
    return v


@case
def slice_assign_shape():
    v = tf.Variable([1.0, 2.0, 3.0, 4.0])
    v[1:3].assign([9.0, 8.0, 7.0])
    return v


@case
def slice_assign_step():
    v = tf.Variable([1.0, 2.0, 3.0, 4.0])
    v[::2].assign([9.0, 8.0])
    return v


@case
def slice_assign_rev():
    v = tf.Variable([1.0, 2.0, 3.0, 4.0])
    v[::-1].assign([9.0, 8.0, 7.0, 6.0])
    return v


@case
def slice_assign_dtype():
    v = tf.Variable([1.0, 2.0, 3.0, 4.0])
    v[0].assign(tf.constant(1))
    return v


@case
def slice_tensor_assign():
    t = tf.constant([1.0, 2.0])
    return t[0].assign(1.0)


@case
def scatter_add():
    v = tf.Variable([1.0, 2.0, 3.0, 4.0])
    r = v.scatter_add(tf.IndexedSlices([10.0, 20.0], [0, 2]))
    return (r, v)


@case
def scatter_all():
    v = tf.Variable([1.0, 2.0, 3.0, 4.0])
    I = lambda *x: tf.IndexedSlices(list(x), [0, 2, 0][:len(x)])
    a = [v.scatter_sub(I(1.0, 1.0)).numpy(), v.scatter_max(I(5.0, 5.0)).numpy(), v.scatter_min(I(0.0, 1.0)).numpy()]
    a += [v.scatter_mul(I(2.0, 3.0)).numpy(), v.scatter_div(I(2.0, 4.0)).numpy(), v.scatter_update(I(7.0, 8.0)).numpy()]
    return a + [v.scatter_add(I(1.0, 1.0, 1.0)).numpy()]


@case
def scatter_bad():
    v = tf.Variable([1.0, 2.0])
    return v.scatter_add([1.0])


@case
def scatter_bad2():
    v = tf.Variable([1.0, 2.0])
    return v.scatter_update(tf.constant(1.0))


@case
def scatter_oob():
    v = tf.Variable([1.0, 2.0])
    return v.scatter_add(tf.IndexedSlices([1.0], [5]))


@case
def scatter_2d():
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    v.scatter_update(tf.IndexedSlices([[9.0, 9.0]], [1]))
    return v


@case
def scatter_shape():
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    v.scatter_update(tf.IndexedSlices([[9.0, 9.0, 9.0]], [1]))
    return v


@case
def scatter_nd():
    v = tf.Variable([1.0, 2.0, 3.0, 4.0])
    a = [v.scatter_nd_add([[0], [2]], [10.0, 20.0]).numpy(), v.scatter_nd_sub([[0], [2]], [1.0, 2.0]).numpy()]
    a += [v.scatter_nd_update([[1]], [7.0]).numpy()]
    return a + [v.scatter_nd_max([[1]], [9.0]).numpy(), v.scatter_nd_min([[1]], [2.0]).numpy()]


@case
def scatter_nd2():
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    v.scatter_nd_update([[0, 1], [1, 0]], [9.0, 8.0])
    return v


@case
def scatter_nd_oob():
    v = tf.Variable([1.0, 2.0])
    return v.scatter_nd_add([[5]], [1.0])


@case
def scatter_nd_type():
    v = tf.Variable([1.0, 2.0])
    return (type(v.scatter_nd_add([[0]], [1.0])).__name__, type(v.scatter_add(tf.IndexedSlices([1.0], [0]))).__name__)


@case
def sparse_read():
    v = tf.Variable([1.0, 2.0, 3.0])
    return v.sparse_read([2, 0])


@case
def gather_nd():
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    return v.gather_nd([[0, 1], [1, 1]])


@case
def tf_gather():
    v = tf.Variable([1.0, 2.0, 3.0])
    return tf.gather(v, [2, 0])
