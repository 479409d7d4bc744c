# SPDX-License-Identifier: Apache-2.0
# The tape: watching, pausing, resetting, asking, and what is said of wrong questions.
import collections



@case
def watch_never():
    return tf.GradientTape().watch(tf.constant(1.0))


@case
def grad_never():
    return tf.GradientTape(persistent=True).gradient(tf.constant(1.0), tf.constant(1.0))


@case
def jac_never():
    return tf.GradientTape(persistent=True).jacobian(tf.constant(1.0), tf.constant(1.0))


@case
def bjac_never():
    return tf.GradientTape(persistent=True).batch_jacobian(tf.constant(1.0), tf.constant(1.0))


@case
def watch_nested():
    x = tf.constant(1.0)
    y = tf.constant(2.0)
    with tf.GradientTape() as t:
        t.watch({"a": [x], "b": (y,)})
        z = x * y
    return t.gradient(z, {"b": y, "a": [x]})


@case
def watch_bad():
    with tf.GradientTape() as t:
        t.watch(3.0)


@case
def watch_badlist():
    with tf.GradientTape() as t:
        t.watch([tf.constant(1.0), "abc"])


@case
def watch_none():
    with tf.GradientTape() as t:
        t.watch(None)


@case
def watch_np():
    with tf.GradientTape() as t:
        t.watch(np.array([1.0, 2.0]))


@case
def watch_tapeless():
    t = tf.GradientTape()
    with t:
        pass
    return t.watch(tf.constant(1.0))


@case
def watch_int():
    x = tf.constant(3)
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
    return t.gradient(y, x)


@case
def watch_intvar():
    v = tf.Variable(3)
    with tf.GradientTape() as t:
        t.watch(v)
        y = v * v
    return (t.gradient(y, v), t.watched_variables())


@case
def watch_late():
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        y = x * x
        t.watch(x)
    return t.gradient(y, x)


@case
def stop_never():
    with tf.GradientTape().stop_recording():
        pass


@case
def stop_outside():
    with tf.GradientTape() as t:
        pass
    with t.stop_recording():
        pass


@case
def stop():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = x * x
        with t.stop_recording():
            z = y * y
        w = z * y
    return t.gradient(w, x)


@case
def stop_nested():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        with t.stop_recording():
            with t.stop_recording():
                pass


@case
def stop_exc():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        try:
            with t.stop_recording():
                raise KeyError("x")
        except KeyError:
            pass
        y = x * x
    return t.gradient(y, x)


@case
def reset_outside():
    with tf.GradientTape() as t:
        pass
    return t.reset()


@case
def reset_never():
    return tf.GradientTape().reset()


@case
def reset():
    x = tf.constant(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = x * x
        t.reset()
        z = x * 3.0
    return (t.gradient([y, z], x), t.watched_variables())


@case
def reset2():
    x = tf.constant(2.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        y = x * x
        t.reset()
        t.watch(x)
        z = x * y
    return t.gradient(z, x)


@case
def reenter():
    with tf.GradientTape() as t:
        with t:
            pass


@case
def reenter_after():
    x = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = x * x
    with t:
        z = y * x
    return t.gradient(z, x)


@case
def enter_after_gradient():
    x = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = x * x
    a = t.gradient(y, x)
    with t:
        z = x * x * x
    return (a, t.gradient(z, x))


@case
def twice():
    x = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = x * x
    t.gradient(y, x)
    return t.gradient(y, x)


@case
def target_none():
    with tf.GradientTape() as t:
        pass
    return t.gradient(None, tf.constant(1.0))


@case
def inside():
    x = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = x * x
        g = t.gradient(y, x)
        z = x * x
    return (g, t.watched_variables())


@case
def inside2():
    x = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = x * x
        g = t.gradient(y, x)
        z = x * x
    return t.gradient(z, x)


@case
def inside_persistent():
    x = tf.Variable(3.0)
    with tf.GradientTape(persistent=True) as t:
        y = x * x
        g = t.gradient(y, x)
    return (g, t.gradient(g, x))


@case
def inside_persistent_again():
    x = tf.Variable(3.0)
    with tf.GradientTape(persistent=True) as t:
        y = x * x * x
        g = t.gradient(y, x)
        h = t.gradient(g, x)
    return t.gradient(h, x)


@case
def stop_inside_consumed():
    x = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = x * x
        g = t.gradient(y, x)
        with t.stop_recording():
            pass


@case
def watched_order():
    a = tf.Variable(1.0, name="a")
    b = tf.Variable(1.0, name="b")
    c = tf.Variable(1.0, name="c", trainable=False)
    with tf.GradientTape() as t:
        z = b * a * c
    return ([v.name for v in t.watched_variables()], type(t.watched_variables()))


@case
def watched_identity():
    a = tf.Variable(1.0, name="a")
    with tf.GradientTape() as t:
        z = a * a
    return t.watched_variables()[0] is a


@case
def watched_after():
    a = tf.Variable(1.0, name="a")
    with tf.GradientTape() as t:
        z = a * a
    t.gradient(z, a)
    return t.watched_variables()


@case
def watched_never():
    return tf.GradientTape().watched_variables()


@case
def unc_zero():
    x = tf.Variable([1.0, 2.0])
    y = tf.Variable(3.0)
    i = tf.Variable([1, 2])
    with tf.GradientTape() as t:
        z = y * y
    return t.gradient(z, [x, y, i], unconnected_gradients="zero")


@case
def unc_enum():
    x = tf.Variable([1.0, 2.0])
    y = tf.Variable(3.0)
    with tf.GradientTape() as t:
        z = y * y
    return t.gradient(z, [x, y], unconnected_gradients=tf.UnconnectedGradients.ZERO)


@case
def unc_bad():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, unconnected_gradients="nope")


@case
def unc_bad2():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, unconnected_gradients=None)


@case
def unc_bad_then():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    try:
        t.gradient(z, x, unconnected_gradients="nope")
    except ValueError:
        pass
    return t.gradient(z, x)


@case
def unc_NONE():
    both = tf.UnconnectedGradients
    return (both.NONE, both.ZERO.value, both("none"), list(both), str(both.ZERO))


@case
def src_float3():
    with tf.GradientTape() as t:
        z = tf.constant(1.0)
    return t.gradient(z, 3.0)


@case
def src_037():
    with tf.GradientTape() as t:
        z = tf.constant(1.0)
    return t.gradient(z, 0.37)


@case
def src_none():
    with tf.GradientTape() as t:
        z = tf.constant(1.0)
    return t.gradient(z, None)


@case
def src_nonelist():
    x = tf.Variable(1.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, [x, None])


@case
def src_np():
    with tf.GradientTape() as t:
        z = tf.constant(1.0)
    return t.gradient(z, np.array([1.0]))


@case
def src_str():
    with tf.GradientTape() as t:
        z = tf.constant(1.0)
    return t.gradient(z, "abc")


@case
def src_int():
    with tf.GradientTape() as t:
        z = tf.constant(1.0)
    return t.gradient(z, 1)


@case
def src_int7():
    with tf.GradientTape() as t:
        z = tf.constant(1.0)
    return t.gradient(z, 77)


@case
def src_true():
    with tf.GradientTape() as t:
        z = tf.constant(1.0)
    return t.gradient(z, True)


@case
def src_set():
    x = tf.Variable(1.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, {1})


@case
def src_obj():
    class A:
        pass
    x = tf.Variable(1.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, A)


@case
def src_empty():
    x = tf.Variable(1.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, [])


@case
def src_dictvalues():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, {"a": x}.values())


@case
def src_dict():
    x = tf.Variable(2.0)
    y = tf.Variable(3.0)
    with tf.GradientTape() as t:
        z = x * x * y
    return t.gradient(z, {"b": x, "a": (y, [x])})


@case
def src_namedtuple():
    P = collections.namedtuple("P", "w b")
    x = tf.Variable(2.0)
    y = tf.Variable(3.0)
    with tf.GradientTape() as t:
        z = x * x * y
    return t.gradient(z, P(x, y))


@case
def src_ordereddict():
    x = tf.Variable(2.0)
    y = tf.Variable(3.0)
    with tf.GradientTape() as t:
        z = x * x * y
    return t.gradient(z, collections.OrderedDict([("z", x), ("a", y)]))


@case
def tgt_float():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(3.0, x)


@case
def tgt_float2():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(0.5, x)


@case
def tgt_npf():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(np.float32(3.0), x)


@case
def tgt_int():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = tf.argmax([x, 1.0])
    return t.gradient(z, x)


@case
def tgt_nested():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = {"a": x * x, "b": [x * 3.0, (x,)]}
    return t.gradient(z, x)


@case
def tgt_empty():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient([], x)


@case
def tgt_var():
    x = tf.Variable([2.0, 3.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(x, x)


@case
def tgt_var_other():
    x = tf.Variable([2.0, 3.0])
    y = tf.Variable(1.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(x, y)


@case
def tgt_xx():
    x = tf.constant([2.0, 3.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(x, x)


@case
def tgt_same_twice():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient([z, z], [x, x])


@case
def tgt_shared():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        a = x * x
        b = a * x
        c = b * a
    return t.gradient([a, b, c], [x, a, b, c])


@case
def og():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, output_gradients=tf.constant([3.0, 4.0]))


@case
def og_list():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
        y = x * 3.0
    return t.gradient([z, y], x, output_gradients=[tf.constant([3.0, 4.0]), None])


@case
def og_py():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, output_gradients=[3.0, 4.0])


@case
def og_np():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, output_gradients=np.array([3.0, 4.0], np.float32))


@case
def og_var():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, output_gradients=tf.Variable([3.0, 4.0]))


@case
def og_scalar():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, output_gradients=tf.constant(2.0))


@case
def og_shape():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, output_gradients=tf.constant([2.0, 3.0, 4.0]))


@case
def og_dtype():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, output_gradients=tf.constant([2.0, 3.0], tf.float64))


@case
def og_more():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, output_gradients=[tf.constant([2.0, 3.0]), tf.constant([5.0, 3.0])])


@case
def og_fewer():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
        y = x * 3.0
    return t.gradient([z, y], x, output_gradients=[tf.constant([2.0, 3.0])])


@case
def og_none():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(z, x, output_gradients=[None])


@case
def og_dict():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
        y = x * 3.0
    return t.gradient({"b": z, "a": y}, x, output_gradients={"b": tf.constant([2.0, 3.0]), "a": tf.constant([10.0, 10.0])})


@case
def og_unrecorded():
    x = tf.Variable([1.0, 2.0])
    c = tf.constant([1.0, 1.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(c, x, output_gradients=tf.constant([2.0, 3.0]))


@case
def og_source():
    x = tf.constant([1.0, 2.0])
    with tf.GradientTape() as t:
        z = x * x
    return t.gradient(x, x, output_gradients=tf.constant([2.0, 3.0]))


@case
def outer_inner():
    x = tf.Variable(2.0)
    with tf.GradientTape() as a:
        with tf.GradientTape() as b:
            y = x * x * x
        g = b.gradient(y, x)
    h = a.gradient(g, x)
    return (g, h)


@case
def inner_outside():
    x = tf.Variable(2.0)
    with tf.GradientTape() as a:
        with tf.GradientTape() as b:
            y = x * x * x
    g = b.gradient(y, x)
    return a.gradient(g, x)


@case
def third():
    x = tf.Variable(2.0)
    with tf.GradientTape() as c:
        with tf.GradientTape() as a:
            with tf.GradientTape() as b:
                y = x ** 4
            g = b.gradient(y, x)
        h = a.gradient(g, x)
    k = c.gradient(h, x)
    return (g, h, k)


@case
def third_sin():
    x = tf.constant([0.5, 1.0])
    with tf.GradientTape() as c:
        c.watch(x)
        with tf.GradientTape() as a:
            a.watch(x)
            with tf.GradientTape() as b:
                b.watch(x)
                y = tf.sin(x) * tf.exp(x) + tf.tanh(x)
            g = b.gradient(y, x)
        h = a.gradient(g, x)
    k = c.gradient(h, x)
    return [np.round(q.numpy(), 4) for q in (g, h, k)]


@case
def two_tapes():
    x = tf.constant(2.0)
    with tf.GradientTape() as a, tf.GradientTape() as b:
        a.watch(x)
        b.watch(x)
        y = x * x
        z = y * y
    return (a.gradient(z, x), b.gradient(y, x))


@case
def unwatched_on_one():
    x = tf.constant(2.0)
    with tf.GradientTape() as a, tf.GradientTape() as b:
        a.watch(x)
        y = x * x
    return (a.gradient(y, x), b.gradient(y, x))


@case
def unread():
    W = tf.Variable([[1.0]])
    W = W.assign_sub([[0.5]])
    with tf.GradientTape() as t:
        y = W * 2.0
    return (t.gradient(y, W), type(W).__name__, W)


@case
def unread_watch():
    W = tf.Variable([[1.0]])
    W = W.assign_sub([[0.5]])
    with tf.GradientTape() as t:
        t.watch(W)
        y = W * 2.0
    return (t.gradient(y, W), t.watched_variables())


@case
def watch_disabled():
    x = tf.Variable(2.0)
    y = tf.Variable(3.0)
    with tf.GradientTape(watch_accessed_variables=False) as t:
        t.watch(x)
        z = x * y
    return (t.gradient(z, [x, y]), t.watched_variables())


@case
def inplace_state():
    x0 = tf.Variable(3.0)
    x1 = tf.Variable(0.0)
    with tf.GradientTape() as t:
        x1.assign_add(x0)
        y = x1 ** 2
    return t.gradient(y, [x0, x1])


@case
def lookuperror():
    x = tf.constant([1.0, 2.0, 3.0])
    with tf.GradientTape() as t:
        t.watch(x)
        y = tf.unique(x).y
    return t.gradient(y, x)


@case
def python_round():
    x = tf.Variable(1.5)
    with tf.GradientTape() as t:
        y = tf.round(x)
    return t.gradient(y, x)


@case
def sign():
    x = tf.Variable(1.5)
    with tf.GradientTape() as t:
        y = tf.sign(x)
    return t.gradient(y, x)


@case
def tf_gradients():
    return tf.gradients(tf.constant(1.0), tf.constant(1.0))


@case
def tf_hessians():
    return tf.hessians(tf.constant(1.0), tf.constant(1.0))


@case
def exc_in_block():
    x = tf.Variable(2.0)
    t = tf.GradientTape()
    try:
        with t:
            y = x * x
            raise KeyError("a")
    except KeyError:
        pass
    return t.gradient(y, x)


@case
def args():
    return tf.GradientTape(True, False)._persistent


@case
def badarg():
    return tf.GradientTape(foo=1)


@case
def tape_attr():
    t = tf.GradientTape()
    return t.foo


@case
def grad_kw():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = x * x
    return t.gradient(sources=x, target=y)


@case
def grad_missing():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = x * x
    return t.gradient(y)


@case
def grad_of_grad_const():
    x = tf.Variable(2.0)
    with tf.GradientTape() as a:
        with tf.GradientTape() as b:
            y = 3.0 * x
        g = b.gradient(y, x)
    return a.gradient(g, x)


@case
def del_tape():
    x = tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as t:
        y = x * x
    g = t.gradient(y, x)
    del t
    return g


@case
def ensure():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        with t._ensure_recording():
            y = x * x
    return t.gradient(y, x)


@case
def two_grads_interleaved():
    x = tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as t:
        y = x * x
        z = y * y
    return (t.gradient(z, x), t.gradient(y, x), t.gradient(z, y))


@case
def for_loop_ctrl():
    x = tf.Variable(1.0)
    with tf.GradientTape() as t:
        y = x
        for i in range(5):
            y = y * x if i % 2 else y + x
    return t.gradient(y, x)


@case
def stopgrad():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = tf.stop_gradient(x) * x
    return t.gradient(y, x)


@case
def stopgrad_only():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = tf.stop_gradient(x) * 3.0
    return (t.gradient(y, x), t.watched_variables())


@case
def stopgrad_src():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = tf.stop_gradient(x)
        y = z * x
    return t.gradient(y, z)
