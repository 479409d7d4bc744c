# SPDX-License-Identifier: Apache-2.0
# tf.custom_gradient, tf.recompute_grad, tf.grad_pass_through, tf.stop_gradient.


@case
def basic():
    @tf.custom_gradient
    def f(x):

        def g(dy):
            return dy * 10.0
        return (x * x, g)
    x = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = f(x)
    return (y, t.gradient(y, x))


@case
def log1pexp():
    @tf.custom_gradient
    def log1pexp(x):
        e = tf.exp(x)

        def grad(up):
            return up * (1 - 1 / (1 + e))
        return (tf.math.log(1 + e), grad)
    x = tf.constant(100.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = log1pexp(x)
    return t.gradient(y, x)


@case
def call():
    f = tf.custom_gradient(lambda x: (x + 1.0, lambda dy: dy * 7.0))
    x = tf.constant(1.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    return (t.gradient(y, x), f.__name__)


@case
def paren():
    @tf.custom_gradient()
    def f(x):
        return (x * 2.0, lambda dy: dy * 5.0)
    x = tf.constant(1.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, x)


@case
def two():
    @tf.custom_gradient
    def f(x, y):

        def g(up):
            return (up * y * 100.0, up * x * 100.0)
        return (x * y, g)
    x = tf.constant(2.0)
    y = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch([x, y])
        z = f(x, y)
    return t.gradient(z, [x, y])


@case
def two_out():
    @tf.custom_gradient
    def f(x):

        def g(a, b):
            return a * 2.0 + b * 3.0
        return ((x, x * x), g)
    x = tf.constant(2.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        a, b = f(x)
    return (t.gradient(a, x), t.gradient(b, x), t.gradient([a, b], x))


@case
def list_out():
    @tf.custom_gradient
    def f(x):

        def g(a, b):
            return a * 2.0 + b * 3.0
        return ([x, x * x], g)
    x = tf.constant(2.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        r = f(x)
    return (r, t.gradient(r, x))


@case
def dict_out():
    @tf.custom_gradient
    def f(x):

        def g(a, b):
            return a * 2.0 + b * 3.0
        return ({"p": x, "q": x * x}, g)
    x = tf.constant(2.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(x)
        r = f(x)
    return t.gradient(r["q"], x)


@case
def nested_args():
    @tf.custom_gradient
    def f(d):

        def g(up):
            return {"a": up * 2.0, "b": up * 3.0}
        return (d["a"] * d["b"], g)
    x = tf.constant(2.0)
    y = tf.constant(4.0)
    with tf.GradientTape() as t:
        t.watch([x, y])
        z = f({"a": x, "b": y})
    return t.gradient(z, [x, y])


@case
def wrong_count():
    @tf.custom_gradient
    def f(x, y):

        def g(up):
            return up
        return (x * y, g)
    x = tf.constant(2.0)
    y = tf.constant(4.0)
    with tf.GradientTape() as t:
        t.watch([x, y])
        z = f(x, y)
    return t.gradient(z, [x, y])


@case
def wrong_count2():
    @tf.custom_gradient
    def f(x):

        def g(up):
            return (up, up)
        return (x * x, g)
    x = tf.constant(2.0)
    with tf.GradientTape() as t:
        t.watch([x])
        z = f(x)
    return t.gradient(z, x)


@case
def none_grad():
    @tf.custom_gradient
    def f(x, y):

        def g(up):
            return (up, None)
        return (x * y, g)
    x = tf.constant(2.0)
    y = tf.constant(4.0)
    with tf.GradientTape() as t:
        t.watch([x, y])
        z = f(x, y)
    return t.gradient(z, [x, y])


@case
def none_all():
    @tf.custom_gradient
    def f(x):
        return (x * x, lambda up: None)
    x = tf.constant(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return t.gradient(z, x)


@case
def wrong_shape():
    @tf.custom_gradient
    def f(x):
        return (x * x, lambda up: tf.constant([1.0, 2.0, 3.0]))
    x = tf.constant(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return t.gradient(z, x)


@case
def no_tuple():
    @tf.custom_gradient
    def f(x):
        return x * x
    return f(tf.constant(1.0))


@case
def no_grad_fn():
    @tf.custom_gradient
    def f(x):
        return (x * x, 3)
    return f(tf.constant(1.0))


@case
def var_nokw():
    w = tf.Variable(2.0, name="w")

    @tf.custom_gradient
    def f(x):
        return (x * w, lambda up: up)
    return f(tf.constant(1.0))


@case
def var_kw():
    w = tf.Variable(2.0, name="w")

    @tf.custom_gradient
    def f(x):

        def g(up, variables=None):
            return (up * 100.0, [up * 1000.0 for v in variables])
        return (x * w, g)
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return t.gradient(z, [x, w])


@case
def var_kwonly():
    w = tf.Variable(2.0, name="w")

    @tf.custom_gradient
    def f(x):

        def g(*up, variables):
            return (up[0] * 100.0, [up[0] * 1000.0 for v in variables])
        return (x * w, g)
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return t.gradient(z, [x, w])


@case
def var_varkw():
    w = tf.Variable(2.0, name="w")

    @tf.custom_gradient
    def f(x):

        def g(up, **kw):
            return (up * 100.0, [up * 1000.0 for v in kw["variables"]])
        return (x * w, g)
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return t.gradient(z, [x, w])


@case
def var_wrongn():
    w = tf.Variable(2.0, name="w")

    @tf.custom_gradient
    def f(x):

        def g(up, variables=None):
            return (up * 100.0, [])
        return (x * w, g)
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return t.gradient(z, [x, w])


@case
def var_notuple():
    w = tf.Variable(2.0, name="w")

    @tf.custom_gradient
    def f(x):

        def g(up, variables=None):
            return up * 100.0
        return (x * w, g)
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return t.gradient(z, [x, w])


@case
def var_arg():
    w = tf.Variable(2.0, name="w")

    @tf.custom_gradient
    def f(v):
        return (v * v, lambda up: up * 50.0)
    with tf.GradientTape() as t:
        z = f(w)
    return t.gradient(z, w)


@case
def var_nontrainable():
    w = tf.Variable(2.0, name="w", trainable=False)

    @tf.custom_gradient
    def f(x):
        return (x * w, lambda up: up * 7.0)
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return t.gradient(z, x)


@case
def kwargs():
    @tf.custom_gradient
    def f(x, scale=1.0):
        return (x * scale, lambda up: up * scale * 2.0)
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x, scale=4.0)
    return t.gradient(z, x)


@case
def kwargs_tensor():
    @tf.custom_gradient
    def f(x, scale):
        return (x * scale, lambda up: up * 2.0)
    x = tf.constant(3.0)
    s = tf.constant(2.0)
    with tf.GradientTape() as t:
        t.watch([x, s])
        z = f(x, scale=s)
    return t.gradient(z, [x, s])


@case
def pyargs():
    @tf.custom_gradient
    def f(x, n):
        return (x ** n, lambda up: (up * n * 100.0, None))
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x, 2)
    return t.gradient(z, x)


@case
def strarg():
    @tf.custom_gradient
    def f(x, n):
        return (x * 2.0, lambda up: (up * 100.0, None))
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x, "abc")
    return t.gradient(z, x)


@case
def nonearg():
    @tf.custom_gradient
    def f(x, n):
        return (x * 2.0, lambda up: (up * 100.0, None))
    return f(tf.constant(3.0), None)


@case
def py_result():
    @tf.custom_gradient
    def f(x):
        return (3.0, lambda up: up * 100.0)
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        z = f(x)
    return (z, t.gradient(z, x))


@case
def second():
    @tf.custom_gradient
    def f(x):

        def g(up):
            return up * 3.0 * x * x
        return (x ** 3, g)
    x = tf.constant(2.0)
    with tf.GradientTape() as a:
        a.watch(x)
        with tf.GradientTape() as b:
            b.watch(x)
            y = f(x)
        d = b.gradient(y, x)
    return (d, a.gradient(d, x))


@case
def nested_custom():
    @tf.custom_gradient
    def op(x):

        @tf.custom_gradient
        def grad_fn(dy):
            return (dy * 2.0 * x, lambda ddy: ddy * 77.0)
        return (x * x, grad_fn)
    x = tf.constant(3.0)
    with tf.GradientTape() as a:
        a.watch(x)
        with tf.GradientTape() as b:
            b.watch(x)
            y = op(x)
        d = b.gradient(y, x)
    return (d, a.gradient(d, x))


@case
def closure_watched():
    c = tf.constant(5.0)

    @tf.custom_gradient
    def f(x):
        return (x * c, lambda up: up * 100.0)
    x = tf.constant(2.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch(c)
        y = f(x)
    return t.gradient(y, [x, c])


@case
def closure_watched2():
    c = tf.constant(5.0)

    @tf.custom_gradient
    def f(x):
        return (x * c, lambda up: up * 100.0)
    x = tf.constant(2.0)
    with tf.GradientTape(persistent=True) as t:
        t.watch([c, x])
        y = f(x)
    return t.gradient(y, [x, c])


@case
def method():
    class M:

        @tf.custom_gradient
        def f(self, x):
            return (x * 2.0, lambda up: (None, up * 9.0))
    x = tf.constant(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = M().f(x)
    return t.gradient(y, x)


@case
def methodw():
    class M:

        def __init__(self):
            self.g = tf.custom_gradient(self._f)

        def _f(self, x):
            return (x * 2.0, lambda up: up * 9.0)
    x = tf.constant(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = M().g(x)
    return t.gradient(y, x)


@case
def doc():
    @tf.custom_gradient
    def f(x):
        """doc of f"""
        return (x, lambda u: u)
    return (f.__doc__, f.__name__, f.__wrapped__.__name__)


@case
def clip_grad():
    @tf.custom_gradient
    def clip_gradients(y):

        def backward(dy):
            return tf.clip_by_norm(dy, 0.5)
        return (y, backward)
    v = tf.Variable(2.0)
    with tf.GradientTape() as t:
        out = clip_gradients(v * v)
    return t.gradient(out, v)


@case
def upstream_values():
    seen = []

    @tf.custom_gradient
    def f(x):

        def g(up):
            seen.append(up)
            return up
        return (x * 2.0, g)
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = f(x)
        z = tf.reduce_sum(y * y)
    return (t.gradient(z, x), seen)


@case
def upstream_zeros():
    seen = []

    @tf.custom_gradient
    def f(x):

        def g(a, b):
            seen.append((a, b))
            return a
        return ((x * 2.0, x * 3.0), g)
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        a, b = f(x)
    return (t.gradient(a, x), seen)


@case
def int_out():
    @tf.custom_gradient
    def f(x):
        return (tf.cast(x, tf.int32), lambda up: up)
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = f(x)
    return t.gradient(y, x)


@case
def exc():
    @tf.custom_gradient
    def f(x):

        def g(up):
            raise ValueError("mine")
        return (x * 2.0, g)
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = f(x)
    return t.gradient(y, x)


@case
def straight():
    @tf.custom_gradient
    def ste(x):
        return (tf.round(x), lambda dy: dy)
    x = tf.Variable([1.4, 2.6])
    with tf.GradientTape() as t:
        y = tf.reduce_sum(ste(x) * 2.0)
    return t.gradient(y, x)


@case
def reversal():
    @tf.custom_gradient
    def rev(x):
        return (tf.identity(x), lambda dy: -dy)
    x = tf.Variable([1.4, 2.6])
    with tf.GradientTape() as t:
        y = tf.reduce_sum(rev(x) ** 2)
    return t.gradient(y, x)


@case
def recompute():
    w = tf.Variable(2.0)
    cnt = []

    def f(x):
        cnt.append(1)
        return x * w
    g = tf.recompute_grad(f)
    x = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = g(x)
    n = len(cnt)
    return (t.gradient(y, [x, w]), n, len(cnt))


@case
def recompute_chain():
    w = tf.Variable(2.0)
    g = tf.recompute_grad(lambda x: x * w)
    with tf.GradientTape() as t:
        r = tf.constant(1.0)
        for _ in range(4):
            r = g(r)
    return (r, t.gradient(r, [w]))


@case
def recompute_novar():
    g = tf.recompute_grad(lambda x: x * x)
    x = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = g(x)
    return t.gradient(y, x)


@case
def pass_through():
    x = tf.Variable(1.0, name="x")
    z = tf.Variable(3.0, name="z")
    with tf.GradientTape() as t:
        y = tf.grad_pass_through(x.assign)(z ** 2)
    return (y, t.gradient(y, z))


@case
def pass_through_round():
    x = tf.Variable([1.4, 2.6])
    with tf.GradientTape() as t:
        y = tf.grad_pass_through(tf.round)(x)
    return (y, t.gradient(y, x))


@case
def stop_var():
    x = tf.Variable(2.0)
    return tf.stop_gradient(x)


@case
def stop_py():
    return (tf.stop_gradient(2.0), tf.stop_gradient([1.0, 2.0]))


@case
def stop_mid():
    x = tf.Variable(2.0)
    with tf.GradientTape() as t:
        y = x * x
        z = tf.stop_gradient(y)
        w = z * x
    return t.gradient(w, [x, y, z])


@case
def stop_name():
    return tf.stop_gradient(tf.constant(1.0), name="s")


@case
def stop_int():
    return tf.stop_gradient(tf.constant(1))


@case
def regular_tape_in_grad():
    @tf.custom_gradient
    def f(x):

        def g(up):
            with tf.GradientTape() as tt:
                tt.watch(x)
                q = x ** 3
            return up * tt.gradient(q, x)
        return (x ** 3, g)
    x = tf.constant(2.0)
    with tf.GradientTape() as t:
        t.watch(x)
        y = f(x)
    return t.gradient(y, x)


@case
def unused():
    @tf.custom_gradient
    def f(x):
        return (x * 2.0, lambda up: up)
    return (f(tf.constant(1.0)), f(1.0), f([1.0, 2.0]))


@case
def noargs():
    @tf.custom_gradient
    def f():
        return (tf.constant(2.0), lambda up: [])
    return f()


@case
def grad_list():
    @tf.custom_gradient
    def f(x, y):
        return (x * y, lambda up: [up * y, up * x])
    x = tf.constant(2.0)
    y = tf.constant(3.0)
    with tf.GradientTape() as t:
        t.watch([x, y])
        z = f(x, y)
    return t.gradient(z, [x, y])
