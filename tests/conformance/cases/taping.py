# SPDX-License-Identifier: Apache-2.0
# The tape: watching, pausing, resetting, asking, and what is said of wrong questions.


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
