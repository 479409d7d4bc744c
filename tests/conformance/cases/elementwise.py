# SPDX-License-Identifier: Apache-2.0
# tf.math element by element: values, gradients, gradients of gradients, dtypes and complaints.

M = tf.math


def all_orders(f, *xs):
    """The value, the gradients and the gradients of their sum."""
    with tf.GradientTape() as outer:
        outer.watch(xs)
        with tf.GradientTape() as inner:
            inner.watch(xs)
            y = f(*xs)
        first = inner.gradient(y, xs)
        there = [one for one in first if one is not None]
    return y, first, outer.gradient(there, xs) if there else None


ANY = [-2.5, -1.0, -0.3, 0.0, 0.4, 1.0, 3.0]
POSITIVE = [0.01, 0.5, 1.0, 2.0, 7.5]
INSIDE = [-0.9, -0.5, 0.0, 0.2, 0.95]
ABOVE = [1.1, 1.5, 3.0, 10.0]
ONE = {
    "abs": ANY, "negative": ANY, "sign": ANY, "square": ANY, "sqrt": POSITIVE + [0.0], "rsqrt": POSITIVE, "exp": ANY,
    "expm1": ANY, "log": POSITIVE + [0.0, -1.0], "log1p": POSITIVE + [0.0, -1.0], "log_sigmoid": ANY, "sin": ANY, "cos": ANY,
    "tan": ANY, "asin": INSIDE, "acos": INSIDE, "atan": ANY, "sinh": ANY, "cosh": ANY, "tanh": ANY, "asinh": ANY,
    "acosh": ABOVE, "atanh": INSIDE, "ceil": ANY, "floor": ANY, "round": ANY + [0.5, 1.5, 2.5], "rint": ANY + [0.5, 1.5],
    "reciprocal": POSITIVE + [-2.0, 0.0], "reciprocal_no_nan": POSITIVE + [0.0], "erf": ANY, "erfc": ANY, "erfinv": INSIDE,
    "erfcinv": [0.1, 0.5, 1.0, 1.7], "ndtri": [0.01, 0.3, 0.5, 0.99], "lgamma": POSITIVE + [-1.5, 0.0],
    "digamma": POSITIVE + [-1.5, 0.0], "bessel_i0": ANY, "bessel_i1": ANY, "bessel_i0e": ANY, "bessel_i1e": ANY,
    "sigmoid": ANY + [-30.0, 30.0], "softplus": ANY + [-30.0, 30.0], "softsign": ANY, "real": ANY, "imag": ANY, "conj": ANY,
    "angle": [-2.0, 1.0], "is_nan": ANY + [float("nan")], "is_inf": ANY + [float("inf")], "is_finite": ANY + [float("nan")],
}
for name, values in ONE.items():
    function = getattr(M, name, None)
    for dtype in (tf.float32, tf.float64):
        case(f"{name} {dtype.name}")(
            lambda name=name, values=values, dtype=dtype: all_orders(getattr(M, name), tf.constant(values, dtype)))
    case(f"{name} of a variable")(lambda name=name, values=values: getattr(M, name)(tf.Variable(values)))
    case(f"{name} int")(lambda name=name: getattr(M, name)(tf.constant([3, -4, 0])))
    case(f"{name} float16")(lambda name=name, values=values: getattr(M, name)(tf.constant(values, tf.float16)))
    case(f"{name} None")(lambda name=name: getattr(M, name)(None))
    case(f"{name} list")(lambda name=name: getattr(M, name)([0.25, 0.5]))
    case(f"{name} bool")(lambda name=name: getattr(M, name)(tf.constant([True, False])))

for name in ("bessel_j0", "bessel_j1", "bessel_k0", "bessel_k0e", "bessel_k1", "bessel_k1e", "bessel_y0", "bessel_y1"):
    case(name)(lambda name=name: all_orders(getattr(M.special, name), tf.constant([0.5, 1.0, 2.5, 6.0], tf.float64)))

X = [[-2.0, 0.0, 3.0], [1.5, 1.0, 0.5]]
Y = [2.0, 0.5, 3.0]
UP = [[1.2, 2.0, 3.0], [1.5, 1.0, 0.5]]
TWO = {
    "add": (X, Y), "subtract": (X, Y), "multiply": (X, Y), "divide": (X, Y), "truediv": (X, Y), "floordiv": (X, Y),
    "floormod": (X, Y), "mod": (X, Y), "pow": (UP, Y), "maximum": (X, Y), "minimum": (X, Y), "squared_difference": (X, Y),
    "divide_no_nan": (X, [0.0, 0.5, 3.0]), "multiply_no_nan": (X, [0.0, 0.5, 3.0]), "atan2": (X, Y), "xlogy": (X, Y),
    "xlog1py": (X, Y), "xdivy": (X, Y), "igamma": (UP, Y), "igammac": (UP, Y), "zeta": ([[2.0, 3.0, 4.0]], Y),
    "polygamma": ([[1.0, 2.0, 3.0]], Y), "nextafter": (X, Y), "equal": (X, Y), "not_equal": (X, Y), "less": (X, Y),
    "less_equal": (X, Y), "greater": (X, Y), "greater_equal": (X, Y),
}
for name, (x, y) in TWO.items():
    case(f"{name} float32")(lambda name=name, x=x, y=y: all_orders(getattr(M, name), tf.constant(x), tf.constant(y)))
    case(f"{name} gradients")(lambda name=name, x=x, y=y: gradients(getattr(M, name), x, y))
    case(f"{name} float64 and a number")(lambda name=name, y=y: getattr(M, name)(tf.constant(y, tf.float64), 2.0))
    case(f"{name} a number and float64")(lambda name=name, y=y: getattr(M, name)(2.0, tf.constant(y, tf.float64)))
    case(f"{name} float and int")(lambda name=name: getattr(M, name)(tf.constant([1.0]), tf.constant([2])))
    case(f"{name} float and double")(lambda name=name: getattr(M, name)(tf.constant(1.0), tf.constant(2.0, tf.float64)))
    case(f"{name} ints")(lambda name=name: getattr(M, name)(tf.constant([7, -7, 7]), tf.constant([2, 2, 3])))
    case(f"{name} shapes")(lambda name=name: getattr(M, name)(tf.ones([2, 3]), tf.ones([2, 2])))
    case(f"{name} int and 2.5")(lambda name=name: getattr(M, name)(tf.constant([1]), 2.5))
    case(f"{name} two numbers")(lambda name=name: getattr(M, name)(2.0, 3))
    case(f"{name} lists")(lambda name=name: getattr(M, name)([2.0, 3.0], [1.5, 2.5]))
    case(f"{name} bools")(lambda name=name: getattr(M, name)(tf.constant([True]), tf.constant([False])))


def gradients(f, x, y):
    x, y = tf.Variable(x, dtype=tf.float64), tf.Variable(y, dtype=tf.float64)
    with tf.GradientTape() as tape:
        z = f(x, y)
    return z, tape.gradient(z, [x, y])


LOW = -2147483648
for text in (
    "tf.constant([LOW]) // tf.constant(-1)", "tf.constant([LOW]) % tf.constant(-1)", "abs(tf.constant([LOW]))",
    "tf.constant([2147483647]) + 1", "tf.constant([LOW]) - 1", "tf.constant([65536]) * 65536", "-tf.constant([LOW])",
    "tf.constant([1]) // tf.constant([0])", "tf.constant([1]) % tf.constant([0])", "tf.math.floordiv(1, 0)",
    "tf.constant([2, 3]) ** tf.constant([3, 40])", "tf.constant([2]) ** tf.constant([-1])", "tf.square(tf.constant([70000]))",
    "tf.constant([7.0, -7.0, 0.0, 1.0]) // tf.constant([0.0, 0.0, 0.0, -0.0])",
    "tf.constant([7.0, -7.0, 0.0, 1.0]) % tf.constant([0.0, 0.0, 0.0, float('inf')])",
    "tf.constant([-1.0, 1.0]) % tf.constant([float('inf'), -float('inf')])",
    "tf.constant([0.0, 0.0, -2.0, -2.0]) ** tf.constant([0.0, -1.0, 0.5, 3.0])",
    "tf.maximum([1.0, float('nan'), 3.0], [float('nan'), 1.0, 2.0])",
    "tf.minimum([1.0, float('nan'), 3.0], [float('nan'), 1.0, 2.0])",
    "tf.truncatediv(tf.constant([7, -7]), tf.constant([2, 2]))", "tf.truncatemod(tf.constant([7, -7]), tf.constant([2, 2]))",
    "tf.truncatediv(tf.constant([7.0, -7.0]), 2.0)", "tf.truncatemod(tf.constant([7.0, -7.0]), 2.0)",
    "tf.math.logical_and([True, False], [True, True])", "tf.math.logical_or([True, False], [False, False])",
    "tf.math.logical_not([True, False])", "tf.math.logical_xor([True, False], [True, True])",
    "tf.math.logical_and(tf.constant([1.0]), True)", "tf.math.logical_not(tf.constant([1]))", "tf.math.logical_and(1, True)",
    "tf.bitwise.bitwise_and(tf.constant([5, 6]), 3)", "tf.bitwise.bitwise_or(tf.constant([5, 6]), 3)",
    "tf.bitwise.bitwise_xor(tf.constant([5, 6]), 3)", "tf.bitwise.invert(tf.constant([5, -6]))",
    "tf.bitwise.invert(tf.constant([1], tf.uint8))", "tf.bitwise.left_shift(tf.constant([1, -1, 1]), tf.constant([33, 2, -1]))",
    "tf.bitwise.right_shift(tf.constant([8, -8, 8]), tf.constant([33, 2, -1]))", "tf.bitwise.bitwise_and(1.0, 2.0)",
    "tf.math.betainc([1.0, 2.0], [1.0, 2.0], [0.5, 0.25])", "tf.math.betainc(1.0, 2.0, [0.5, 0.25])",
    "tf.math.betainc([1.0, 2.0], [1.0], [0.5, 0.25])", "tf.math.lbeta([[1.0, 2.0], [3.0, 0.5]])", "tf.math.lbeta(2.0)",
    "tf.math.polyval([1.0, 2.0, 3.0], 2.0)", "tf.math.polyval([], tf.constant([1.0]))", "tf.math.polyval(1.0, 2.0)",
    "tf.scalar_mul(2.0, tf.constant([1.0, 2.0]))", "tf.scalar_mul([1.0], tf.constant([1.0, 2.0]))",
    "tf.scalar_mul(2, tf.constant([1.0, 2.0]))", "tf.add(tf.constant(['a', 'b']), ['c', 'd'])",
    "tf.math.is_non_decreasing([1, 2, 2])", "tf.math.is_strictly_increasing([1, 2, 2])",
    "tf.math.is_strictly_increasing([[1, 2], [3, 4]])", "tf.math.is_non_decreasing([2.0, 1.0])",
    "tf.complex(1.0, [2.0, 3.0])", "tf.complex(1, 2)", "tf.complex(1.0, tf.constant(2.0, tf.float64))",
    "tf.math.real(tf.constant([True]))", "tf.math.conj(tf.constant([True]))", "tf.add(1, 2.5)", "tf.add(2.5, 1)",
    "tf.equal(tf.constant(['a', 'b']), 'a')", "tf.math.divide(4, 2)", "tf.math.divide(4.0, 2)",
    "tf.math.divide_no_nan(1.0, 0.0)", "tf.math.truediv(tf.constant([1], tf.int8), tf.constant([2], tf.int8))",
):
    case(text)(lambda text=text: eval(text))

Z = [1.0 + 2.0j, -3.0 + 0.5j, 0.25j]
for name in ("abs", "negative", "square", "sqrt", "rsqrt", "exp", "expm1", "log", "log1p", "sin", "cos", "tan", "asin", "acos",
             "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "reciprocal", "real", "imag", "angle", "conj", "sign"):
    case(f"{name} complex")(lambda name=name: complex_gradient(getattr(M, name), Z))
for name in ("add", "subtract", "multiply", "divide", "pow", "squared_difference", "xlogy", "xdivy", "divide_no_nan"):
    case(f"{name} complex")(lambda name=name: complex_gradient(lambda z: getattr(M, name)(z, 2.0 - 1.0j), Z))


def complex_gradient(f, z):
    z = tf.constant(z, tf.complex128)
    with tf.GradientTape() as tape:
        tape.watch(z)
        y = f(z)
    return y, tape.gradient(y, z)


def left_out(function):
    """Where tf.where leaves a slope without an end out, it stays out for some functions and not for others."""
    for dtype in (tf.float32, tf.float64):
        x = tf.Variable([0.0, 4.0], dtype=dtype)
        with tf.GradientTape() as outer:
            with tf.GradientTape() as tape:
                y = tf.where(x > 0, function(x), 0)
            first = tape.gradient(y, x)
        yield first, outer.gradient(first, x)


for name in ("sqrt", "rsqrt", "reciprocal", "log", "reduce_std", "acos", "asin", "atanh"):
    function = getattr(M, name)
    case(f"left out {name}")(lambda function=function: list(left_out(function)))
case("left out norm")(lambda: list(left_out(lambda x: tf.norm(x * 0) + x)))
case("left out power")(lambda: list(left_out(lambda x: x**0.5)))
case("left out quotient")(lambda: list(left_out(lambda x: 1 / x)))
case("left out root of root")(lambda: list(left_out(lambda x: tf.sqrt(tf.sqrt(x)))))
