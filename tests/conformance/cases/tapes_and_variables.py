# SPDX-License-Identifier: Apache-2.0
# Tapes and variables together, and with numpy.


@case
def jac_lookup():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = tf.unique(x).y
    return t.jacobian(y, x)


@case
def jac_lookup_nopfor():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape(persistent=True) as t:
        y = tf.unique(x).y
    return t.jacobian(y, x, experimental_use_pfor=False)


@case
def jac_par2():
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape(persistent=True) as t:
        y = x * x
    return t.jacobian(y, x, parallel_iterations=2)


@case
def jac_par2_np():
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, x, parallel_iterations=2)


@case
def jac_par0():
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, x, parallel_iterations=0)


@case
def jac_par4():
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, x, parallel_iterations=4)


@case
def jac_unc_bad():
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, x, unconnected_gradients="nope")


@case
def jac_none_src():
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as t:
        y = x * x
    return t.jacobian(y, [x, None])


@case
def bool_add():
    v = tf.Variable(True)
    return v.assign_add(True)


@case
def str_add():
    v = tf.Variable("a")
    return v.assign_add("b")


@case
def scope():
    with tf.name_scope("outer"):
        v = tf.Variable(1.0, name="w")
        with tf.name_scope("inner"):
            u = tf.Variable(2.0)
    return (v.name, u.name)


@case
def stop_exit_order():
    a = tf.GradientTape()
    with a:
        with a.stop_recording():
            with a:
                pass


@case
def watch_in_stop():
    x = tf.constant(2.0)
    with tf.GradientTape() as t:
        with t.stop_recording():
            t.watch(x)
        y = x * x
    return t.gradient(y, x)


@case
def watch_other_active():
    x = tf.constant(2.0)
    a = tf.GradientTape()
    with a:
        pass
    with tf.GradientTape() as b:
        a.watch(x)
        y = x * x
    return b.gradient(y, x)


@case
def grad_in_stop():
    x = tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as t:
        y = x * x
        with t.stop_recording():
            g = t.gradient(y, x)
    return (t.gradient(g, x), g)


@case
def nonpers_in_stop():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = x * x
        with t.stop_recording():
            g = t.gradient(y, x)
        z = x * x * x
    return (g, t.gradient(z, x))


@case
def assign_in_tape_ret():
    v = tf.Variable(2.0)
    with tf.GradientTape() as t:
        u = v.assign(3.0)
        y = u * u
    return t.gradient(y, v)


@case
def assign_ret_value():
    v = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = v.assign_add(1.0) * v
    return t.gradient(y, v)


@case
def var_of_var_list():
    v = tf.Variable(2.0)
    return tf.Variable([v, v])


@case
def init_from_scalar_shape():
    return tf.Variable(1.0, shape=[2])


@case
def int_source_explicit():
    v = tf.Variable([1, 2])
    w = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = tf.reduce_sum(tf.cast(v, tf.float32) * w)
    return t.gradient(y, [v, w])


@case
def bool_source():
    v = tf.Variable(True)
    w = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = w if v else w * 2.0
    return t.gradient(y, [v, w])


@case
def str_source():
    v = tf.Variable("a")
    w = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = w * 2.0
    return t.gradient(y, [v, w])


@case
def complex_grad():
    z = tf.Variable(1 + 2j)
    with tf.GradientTape() as t:
        y = z * z
    return t.gradient(y, z)


@case
def watch_model_like():
    class M(tf.Module):

        def __init__(self):
            self.a = tf.Variable(1.0)
            self.b = [tf.Variable(2.0)]
    m = M()
    with tf.GradientTape(watch_accessed_variables=False) as t:
        t.watch(m.trainable_variables)
        y = m.a * m.b[0]
    return t.gradient(y, m.trainable_variables)


@case
def sources_generator_list():
    vs = [tf.Variable(1.0), tf.Variable(2.0)]
    with tf.GradientTape() as t:
        y = vs[0] * vs[1]
    return (t.gradient(y, [v for v in vs]),)


@case
def slices_target():
    v = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as t:
        y = tf.gather(v, [0, 0])
    return t.gradient(y, v)


@case
def tuple_target():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = (x * x, x * 3.0)
    return t.gradient(y, x)


@case
def ref_hash_stable():
    v = tf.Variable(1.0)
    s = {v.ref()}
    return (v.ref() in s, v.assign(2.0).ref() in s)


@case
def list_index():
    a = tf.Variable(1.0)
    b = tf.Variable(2.0)
    return [a, b].index(b)


@case
def list_remove():
    a = tf.Variable([1.0, 2.0])
    b = tf.Variable([3.0, 4.0])
    l = [a, b]
    return l.remove(b)


@case
def any_is():
    a = tf.Variable([1.0, 2.0])
    b = tf.Variable([3.0, 4.0])
    return any((x is b for x in [a, b]))


@case
def np_isnan():
    return np.isnan(tf.Variable([1.0, float("nan")]))


@case
def np_allclose():
    v = tf.Variable([1.0, 2.0])
    return (np.allclose(v, [1.0, 2.0]), np.array_equal(v, tf.constant([1.0, 2.0])))


@case
def np_stack():
    return np.stack([tf.Variable([1.0, 2.0]), tf.constant([3.0, 4.0])])


@case
def np_int_left():
    return (np.int32(2) * tf.Variable([1.0, 2.0]), np.arange(2) * tf.Variable([1.0, 2.0]))


@case
def np_int_left_int():
    return np.arange(2) * tf.Variable([1, 2])


@case
def fstr():
    return f"{tf.Variable(1.0)} {tf.constant(1.0)}"


@case
def var_where():
    v = tf.Variable([1.0, -2.0])
    return tf.where(v > 0.0, v, 0.0)


@case
def var_pow_neg():
    v = tf.Variable([2.0, 4.0])
    return (v ** (-1), 2.0 ** v, v ** 0.5)


@case
def var_floordiv():
    return (tf.Variable(7.0) // tf.Variable(2.0), 7 // tf.Variable(2.0), tf.Variable(-7) // 2, tf.Variable(-7) % 3)


@case
def grad_kinds():
    v = tf.Variable(4.0)
    with tf.GradientTape() as t:
        y = [v ** 2, 2.0 ** v, v / 2.0, 2.0 / v, -v, abs(v), v % 3.0, v // 3.0]
    return t.gradient(y, v)


@case
def var_invert():
    return ~tf.Variable(3)


@case
def dtype_promo():
    return (tf.Variable(1.0) * 2, tf.Variable(1) * 2, tf.Variable(1.0, dtype=tf.float64) * 2.5, tf.Variable([True]))


@case
def repr_nested():
    return ([tf.Variable(1.0)], {"a": tf.Variable(2)}, (tf.Variable([1.0]),))
