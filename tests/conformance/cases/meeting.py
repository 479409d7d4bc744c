# SPDX-License-Identifier: Apache-2.0
# Gradients that meet in one tensor: in which order TensorFlow's sweep adds and joins them. Sums of three floats and more
# show it in their last digits, slices in the order of their rows.


def table():
    return tf.Variable(tf.reshape(tf.range(12.0), [6, 2]))


def rows_met(make):
    """Rows of the gradient of what `make` computes from a function that looks up a row."""
    w = table()
    with tf.GradientTape() as t:
        y = make(lambda i: tf.gather(w, [i]))
    g = t.gradient(y, w)
    return g.indices, g.values


R = tf.reduce_sum


def in_a_loop(row):
    total = 0.0
    for i in range(4):
        total = total + R(row(i)) * float(i + 1)
    return total


def recurrent(row):
    state = tf.zeros([1, 2])
    for i in range(4):
        state = tf.tanh(row(i) * 0.1 + state)
    return R(state)


def each_in_the_next(row):
    a = row(0)
    b = row(1) * a
    return R(a + b + row(2) * b)


def looked_up_before(row):
    a, b, c = row(0), row(1), row(2)
    return R(c) + R(a) + R(b)


for name, make in {
    "two_sums": lambda row: R(row(0)) + R(row(1)),
    "three_sums": lambda row: R(row(0)) + R(row(1)) + R(row(2)),
    "three_sums_from_the_right": lambda row: R(row(0)) + (R(row(1)) + R(row(2))),
    "two_products": lambda row: R(row(0)) * R(row(1)) + R(row(2)) * R(row(3)),
    "functions_of_them": lambda row: R(row(0) ** 2) + R(tf.sin(row(1))) + R(row(2)),
    "stacked": lambda row: R(tf.stack([row(0), row(1), row(2)])),
    "in_a_loop": in_a_loop,
    "recurrent": recurrent,
    "each_in_the_next": each_in_the_next,
    "looked_up_before": looked_up_before,
}.items():
    case("slices: " + name)(lambda make=make: rows_met(make))


def several_targets(order, between=False):
    w = table()
    with tf.GradientTape() as t:
        targets = {name: R(tf.gather(w, [i])) for i, name in enumerate("abc")}
        if between:
            targets["d"] = targets["a"] * targets["b"]
    return t.gradient([targets[name] for name in order], w).indices


for order in ("abc", "cba", "bac", "aab"):
    case("targets: " + order)(lambda order=order: several_targets(order))
for order in ("dbac", "abcd", "cd"):
    case("targets: " + order + " of which one is made of others")(lambda order=order: several_targets(order, True))


def digits_of(make):
    """All digits of the gradient of what is computed of one variable in several ways, and of the second."""
    x = tf.Variable([0.1, 0.7, 1.3, -2.1])
    with tf.GradientTape() as outer:
        with tf.GradientTape() as t:
            y = make(x)
        g = t.gradient(y, x)
    return [repr(one) for one in (*g.numpy().tolist(), *outer.gradient(g, x).numpy().tolist())]


def shared_weight(x):
    state = tf.constant([0.3, 0.1, -0.2, 0.9])
    for _ in range(12):
        state = tf.tanh(state * x + 0.1)
    return R(state)


def powers(x):
    total = 0.0
    for i in range(1, 14):
        total = total + R(x**i) / float(i)
    return total


case("digits: a weight that each step uses")(lambda: digits_of(shared_weight))
case("digits: a sum of powers")(lambda: digits_of(powers))
case("digits: several ways to one value")(
    lambda: digits_of(lambda x: (lambda h: R(h * 3.1) + R(tf.sin(h)) + R(h * h) - R(tf.exp(h * 0.1)))(x * 1.7))
)
