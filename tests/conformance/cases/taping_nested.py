# SPDX-License-Identifier: Apache-2.0
# Tapes in tapes and beside each other, and what else goes on while one records.


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
