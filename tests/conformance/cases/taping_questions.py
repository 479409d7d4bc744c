# SPDX-License-Identifier: Apache-2.0
# What a tape is asked: sources, targets and output gradients of every kind.
import collections


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


def said(function):
    try:
        return function()
    except Exception as raised:
        return raised


@case
def accumulators_of_every_kind():
    c, x, i = tf.constant([1.0, 2.0]), tf.Variable([1.0, 2.0]), tf.constant(1)
    make = tf.autodiff.ForwardAccumulator
    asked = [(x, None), (x, [1.0, 2.0]), ([x], [[1.0, 2.0]]), (3.0, 1.0), (c, 1), (c, "a"), ([c, c], [1.0, 1.0]), ([c, c], "a"),
             ([c, x], [c]), ((c, x), [c, c]), ({"a": c}, {"b": c}), (None, None), (i, 1), (i, 1.5)]
    return [error if isinstance(error, Exception) else None for error in (said(lambda: make(*one)) for one in asked)]


@case
def products_of_every_kind():
    c, x, i = tf.constant([1.0, 2.0]), tf.Variable([1.0, 2.0]), tf.constant(1)
    with tf.autodiff.ForwardAccumulator(c, tf.ones([2])) as acc:
        y = c * c
    asked = [(y,), (c,), (None,), ([y, None],), (3.0,), (x,), ({"a": y, "b": [c]},), (y, "zero"), (x, "zero"), (x, "bad"), (i,),
             (i, tf.UnconnectedGradients.ZERO), ("s",), (np.ones(2),)]
    return [said(lambda: acc.jvp(*one)) for one in asked]


@case
def output_gradients_that_are_too_many_or_ragged():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape(persistent=True) as t:
        y = x * x
    return [said(lambda: t.gradient(y, x, output_gradients=one))
            for one in ([[1.0, 3.0], None], [[1.0, 3.0], [5.0, 5.0]], tf.ragged.constant([[1.0, 2.0]]), [], {"b": x}, [None])]


def broken(ask):
    """What a tape answers whose way back has failed."""
    x = tf.Variable([1.0, 2.0])

    @tf.custom_gradient
    def failing(q):
        return q * 1.0, lambda up: 1 / 0
    with tf.GradientTape() as t:
        y, z, n = failing(x), x * 2.0, tf.constant(1.0)
    first = said(lambda: t.gradient(y, x))
    return first, [said(lambda: ask(t, x, y, z, n)) for _ in range(2)]


for name, ask in {
    "another way": lambda t, x, y, z, n: t.gradient(z, x),
    "what it does not know": lambda t, x, y, z, n: t.gradient(n, x),
    "a source": lambda t, x, y, z, n: t.gradient(x, x),
    "with output gradients": lambda t, x, y, z, n: t.gradient(z, x, output_gradients=[1.0, 1.0]),
    "itself": lambda t, x, y, z, n: t.gradient(y, y),
    "a jacobian": lambda t, x, y, z, n: t.jacobian(y, x, experimental_use_pfor=False),
}.items():
    case("asked after a failure for " + name)(lambda ask=ask: broken(ask))


@case
def asked_after_a_failure_for_what_came_later():
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape() as t:
        y = tf.custom_gradient(lambda q: (q * 1.0, lambda up: 1 / 0))(x)
    first = said(lambda: t.gradient(y, x))
    with t:
        u = x * 5.0
    return first, said(lambda: t.gradient(u, x))


@case
def scattered_where_there_is_no_place():
    scalar = tf.Variable(2.0)
    return said(lambda: scalar.scatter_nd_add([[0]], [3.0])), said(lambda: scalar.scatter_nd_update([[0]], [3.0]))


@case
def what_was_found_finite_is_itself():
    x = tf.constant([0.5, -2.0])
    with tf.GradientTape() as t:
        t.watch(x)
        same = tf.debugging.assert_all_finite(x, "bad")
        y = tf.reduce_sum(same * x * x)
    return same is x, t.gradient(y, [x, same])


@case
def a_tensor_is_converted_to_itself():
    x = tf.constant([0.5, -2.0])
    others = [None, tf.float32, "float32"]
    return [tf.convert_to_tensor(x, dtype) is x for dtype in others], said(lambda: tf.convert_to_tensor(x, tf.int32))
