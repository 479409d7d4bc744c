# SPDX-License-Identifier: Apache-2.0
# jacobian(), batch_jacobian(), Hessians, and products forward.


@case
def j1():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, x)


@case
def j_scalar():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, x)


@case
def j_2d():
    x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as t:
        y = tf.matmul(x, x)
    return t.jacobian(y, x).shape


@case
def j_vals():
    x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as t:
        y = tf.matmul(x, x)
    return t.jacobian(y, x)


@case
def j_unc():
    x = tf.Variable([1.0, 2.0])
    w = tf.Variable(3.0)
    u = tf.Variable([1.0, 1.0, 1.0])
    with tf.GradientTape() as t:
        y = x * w
    return t.jacobian(y, [x, u], unconnected_gradients="zero")


@case
def j_unc_enum():
    x = tf.Variable([1.0, 2.0])
    u = tf.Variable([1.0, 1.0, 1.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, u, unconnected_gradients=tf.UnconnectedGradients.ZERO)


@case
def j_allnone():
    x = tf.Variable([1.0, 2.0])
    u = tf.Variable([1.0, 1.0, 1.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, u)


@case
def j_nopfor():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, x, experimental_use_pfor=False)


@case
def j_nopfor_p():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape(persistent=True) as t:
        y = x * x
    return t.jacobian(y, x, experimental_use_pfor=False)


@case
def j_nopfor_none():
    x = tf.Variable([1.0, 2.0])
    u = tf.Variable([1.0, 1.0, 1.0])
    with tf.GradientTape(persistent=True) as t:
        y = x * x
    return t.jacobian(y, [x, u], experimental_use_pfor=False)


@case
def j_par():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape(persistent=True) as t:
        y = x * x
    return t.jacobian(y, x, parallel_iterations=1)


@case
def j_par_np():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, x, parallel_iterations=1)


@case
def j_twice():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = x * x
    t.jacobian(y, x)
    return t.jacobian(y, x)


@case
def j_persist():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape(persistent=True) as t:
        y = x * x
    return (t.jacobian(y, x), t.gradient(y, x), t.jacobian(y, x))


@case
def j_inside():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = x * x
        j = t.jacobian(y, x)
        z = x * x
    return (j, t._tape)


@case
def j_inside_p():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape(persistent=True) as t:
        y = x * x * x
        j = t.jacobian(y, x)
    return t.gradient(j, x)


@case
def j_none_target():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(None, x)


@case
def j_list_target():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian([y], x)


@case
def j_target_var():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(x, x)


@case
def j_bad_source():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, 3.0)


@case
def j_zero_rows():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = tf.reshape(x, [2, 1])[:, :0]
    return t.jacobian(y, x)


@case
def j_int_target():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = tf.cast(x, tf.int32)
    return t.jacobian(y, x)


@case
def j_const_target():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = tf.constant([1.0, 2.0])
    return t.jacobian(y, x)


@case
def hess():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as a:
        with tf.GradientTape() as b:
            y = tf.reduce_sum(x ** 3) * x[0]
        g = b.gradient(y, x)
    return a.jacobian(g, x)


@case
def hess2():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as a:
        with tf.GradientTape() as b:
            y = tf.reduce_sum(x ** 3) * x[0]
        g = b.jacobian(y, x)
    return a.jacobian(g, x)


@case
def hvp():
    x = tf.Variable([1.0, 2.0])
    v = tf.constant([1.0, -1.0])
    with tf.GradientTape() as a:
        with tf.GradientTape() as b:
            y = tf.reduce_sum(x ** 3) * x[0]
        g = b.gradient(y, x)
    return a.gradient(g, x, output_gradients=v)


@case
def j_in_outer():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as a:
        with tf.GradientTape() as b:
            y = x ** 3
        j = b.jacobian(y, x)
        s = tf.reduce_sum(j)
    return a.gradient(s, x)


@case
def layer_like():
    x = tf.reshape(tf.range(6.0), [2, 3])
    w = tf.Variable(tf.reshape(tf.range(12.0), [3, 4]) / 10.0)
    with tf.GradientTape() as t:
        y = tf.nn.relu(tf.matmul(x, w) - 2.0)
    return t.jacobian(y, w).shape


@case
def layer_vals():
    x = tf.reshape(tf.range(6.0), [2, 3])
    w = tf.Variable(tf.reshape(tf.range(12.0), [3, 4]) / 10.0)
    with tf.GradientTape() as t:
        y = tf.nn.relu(tf.matmul(x, w) - 2.0)
    return tf.reduce_sum(t.jacobian(y, w), [0, 1])


@case
def bj():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    return t.batch_jacobian(y, x)


@case
def bj_shape():
    x = tf.reshape(tf.range(24.0), [2, 3, 4])
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.reduce_sum(x * x, axis=1)
    j = t.batch_jacobian(y, x)
    return (j.shape, tf.reduce_sum(j))


@case
def bj_rank1():
    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    return t.batch_jacobian(y, x)


@case
def bj_mismatch():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.transpose(x)[:1]
    return t.batch_jacobian(y, x)


@case
def bj_unc():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    z = tf.ones([2, 3])
    with tf.GradientTape() as t:
        t.watch(x)
        t.watch(z)
        y = x * x
    return t.batch_jacobian(y, z)


@case
def bj_unc_zero():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    z = tf.ones([2, 3])
    with tf.GradientTape() as t:
        t.watch(x)
        t.watch(z)
        y = x * x
    return t.batch_jacobian(y, z, unconnected_gradients="zero")


@case
def bj_nopfor():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    return t.batch_jacobian(y, x, experimental_use_pfor=False)


@case
def bj_nopfor_p():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x
    return t.batch_jacobian(y, x, experimental_use_pfor=False)


@case
def bj_par_np():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    return t.batch_jacobian(y, x, parallel_iterations=1)


@case
def bj_par_2():
    x = tf.constant([[1.0, 2.0, 4.0], [3.0, 4.0, 5.0]])
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    return t.batch_jacobian(y, x, parallel_iterations=2)


@case
def bj_used():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    t.gradient(y, x)
    return t.batch_jacobian(y, x)


@case
def bj_var():
    x = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as t:
        y = x * x
    return t.batch_jacobian(y, x)


@case
def bj_list():
    x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    return t.batch_jacobian(y, [x])


@case
def fa():
    x = tf.constant(2.0)
    with tf.autodiff.ForwardAccumulator(primals=x, tangents=tf.constant(1.0)) as acc:
        y = x * x
    return acc.jvp(y)


@case
def fa_list():
    x = tf.Variable([1.0, 2.0])
    w = tf.Variable(3.0)
    with tf.autodiff.ForwardAccumulator([x, w], [tf.constant([1.0, 0.0]), tf.constant(1.0)]) as acc:
        y = x * w * w
    return acc.jvp(y)


@case
def fa_none():
    x = tf.constant(2.0)
    z = tf.constant(1.0)
    with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
        y = z * z
    return (acc.jvp(y), acc.jvp(y, unconnected_gradients=tf.UnconnectedGradients.ZERO))


@case
def fa_struct():
    x = tf.constant(2.0)
    with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
        y = {"a": x * x, "b": [x ** 3]}
    return acc.jvp(y)


@case
def fa_x():
    x = tf.constant(2.0)
    with tf.autodiff.ForwardAccumulator(x, tf.constant(5.0)) as acc:
        y = x
    return acc.jvp(y)


@case
def fa_shape():
    x = tf.constant([2.0, 3.0])
    with tf.autodiff.ForwardAccumulator(x, tf.constant(5.0)) as acc:
        y = x
    return acc.jvp(y)


@case
def fa_hvp():
    x = tf.constant([2.0, 3.0])
    with tf.autodiff.ForwardAccumulator(x, tf.constant([1.0, 0.0])) as acc:
        with tf.GradientTape() as t:
            t.watch(x)
            y = tf.reduce_sum(x ** 3)
        g = t.gradient(y, x)
    return acc.jvp(g)


@case
def fa_fof():
    x = tf.constant(1.1)
    with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as outer:
        with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as inner:
            y = x ** 3
        p = inner.jvp(y)
    return (inner.jvp(y), outer.jvp(p))


@case
def fa_rof():
    x = tf.constant(1.1)
    with tf.GradientTape() as t:
        t.watch(x)
        with tf.autodiff.ForwardAccumulator(x, tf.constant(1.0)) as acc:
            y = x ** 3
            p = acc.jvp(y)
    return t.gradient(p, x)


@case
def fa_relu():
    x = tf.constant([-1.0, 2.0])
    with tf.autodiff.ForwardAccumulator(x, tf.constant([3.0, 4.0])) as acc:
        y = tf.nn.relu(x) + tf.round(x)
    return acc.jvp(y)


@case
def fa_dense():
    X = tf.constant([[2.0, 3.0], [1.0, 4.0]])
    t = tf.constant([[1.0], [2.0]])
    k = tf.Variable([[1.0], [2.0]])
    with tf.autodiff.ForwardAccumulator(primals=k, tangents=tf.constant([[1.0], [0.0]])) as acc:
        loss = tf.reduce_sum((tf.matmul(X, k) - t) ** 2.0)
    return acc.jvp(loss)
