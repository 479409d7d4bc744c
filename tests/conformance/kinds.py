# SPDX-License-Identifier: Apache-2.0
"""Cases of whole kinds of functions: over dtypes, shapes and corners, gradients of two orders, Python values, wrong ones.
This text stands in front of a file of cases that calls cases_of_..., which names the functions."""
import zlib

DTYPES = ["float32", "float64", "float16", "bfloat16", "int32", "int64", "int8", "uint8", "uint32", "bool", "complex64",
          "string"]
CORNERS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 1.5, -1.5, 2.5, 3.0, -3.0, 1e-30, 1e30, 88.0, -88.0, float("inf"), float("-inf"),
           float("nan")]


def function(name):
    """The function by its name below tf, looked up when it is called: a name that is missing costs its own cases only."""
    def called(*given, **more):
        home = tf
        for part in name.split("."):
            home = getattr(home, part)
        return home(*given, **more)
    return called


def values(shape, dtype, seed, low=-2.0, high=2.0):
    """Numbers that are the same everywhere: numpy keeps RandomState as it is."""
    random = np.random.RandomState(zlib.crc32(repr((seed, shape)).encode()) % 2**31)
    if dtype == "bool":
        return tf.constant(random.randint(0, 2, shape).astype(bool))
    if dtype == "string":
        return tf.constant(np.array([f"t{each}" for each in random.randint(0, 9, shape).reshape(-1)], object).reshape(shape),
                           tf.string)
    if "int" in dtype:
        return tf.constant(random.randint(1 if dtype[0] == "u" else -5, 6, shape), dtype)
    if "complex" in dtype:
        return tf.constant(random.uniform(low, high, shape) + 1j * random.uniform(low, high, shape), dtype)
    return tf.cast(tf.constant(random.uniform(low, high, shape), tf.float64), dtype)


def each(**attempts):
    """What each attempt gives, exceptions as values."""
    results = {}
    for name, attempt in attempts.items():
        try:
            results[name] = attempt()
        except Exception as error:
            results[name] = error
    return results


def weighted(result):
    """A number that depends on every element, each with its own weight."""
    parts = [part for part in tf.nest.flatten(result) if part.dtype.is_floating or part.dtype.is_complex]
    total = None
    for place, part in enumerate(parts):
        weights = tf.cast(tf.reshape(tf.constant(np.linspace(0.5, 1.5, int(np.prod(part.shape))) + place), part.shape),
                          part.dtype)
        one = tf.reduce_sum(part * weights)
        total = one if total is None or total.dtype != one.dtype else total + one
    return total


def orders(call, *inputs):
    """The gradients of the first and of the second order of a weighted sum of what `call` gives."""
    with tf.GradientTape() as outer:
        outer.watch(inputs)
        with tf.GradientTape() as inner:
            inner.watch(inputs)
            loss = weighted(call(*inputs))
        first = inner.gradient(loss, inputs)
        second = weighted([each for each in first if each is not None]) if any(g is not None for g in first) else None
    return [first, outer.gradient(second, inputs) if second is not None else "nothing"]


def register(name, kind, make):
    case(f"{name} {kind}")(make)


# One input, element by element.

def cases_of_one(name):
    f = function(name)
    for dtype in DTYPES:
        register(name, dtype, lambda dtype=dtype: f(values((2, 3), dtype, name)))
    register(name, "shapes",
             lambda: [f(values(shape, "float32", name)) for shape in ((), (1,), (0,), (2, 0, 3), (2, 1, 2, 2))])
    for dtype in ("float32", "float64"):
        register(name, f"corners {dtype}", lambda dtype=dtype: f(tf.constant(CORNERS, dtype)))
    register(name, "many", lambda: f(values((37, 23), "float32", name, -6.0, 6.0)))
    for dtype in ("float32", "float64"):
        register(name, f"gradients {dtype}", lambda dtype=dtype: orders(f, values((2, 2), dtype, name)))
    register(name, "gradients inside one", lambda: orders(f, values((4,), "float32", name, 0.1, 0.9)))
    register(name, "gradients above one", lambda: orders(f, values((4,), "float32", name, 1.1, 2.0)))
    register(name, "gradients at corners", lambda: orders(f, tf.constant(CORNERS)))
    register(name, "gradients of a scalar and of nothing",
             lambda: [orders(f, tf.constant(0.25)), orders(f, tf.zeros((0, 2)))])
    register(name, "gradient of a complex number", lambda: orders(f, values((2,), "complex64", name)))
    register(name, "python values", lambda: each(
        float=lambda: f(0.5), int=lambda: f(1), bool=lambda: f(True), list=lambda: f([0.5, 1.0]),
        nested=lambda: f([[1, 2], [3, 4]]),
        complex=lambda: f(1 + 2j), array=lambda: f(np.array([0.25, 0.5])), scalar=lambda: f(np.float32(0.5)),
        tensors=lambda: f([tf.constant(0.5), 1.0]),
        variable=lambda: f(tf.Variable([0.5, 0.25]))))
    register(name, "wrong values", lambda: each(
        none=lambda: f(None), text=lambda: f("a"), ragged=lambda: f([[1.0], [1.0, 2.0]]), mixed=lambda: f([1.0, "a"]),
        object=lambda: f(object()),
        dict=lambda: f({"a": 1.0}), none_inside=lambda: f([1.0, None])))


# Two inputs, broadcast.

PAIRS = [((), (3,)), ((2, 1), (1, 3)), ((2, 3), (3,)), ((0,), (1,)), ((0, 3), (3,)), ((1,), (0,)), ((2, 3, 4), (3, 1)),
         ((1, 1, 1), (2,)), ((), ())]
WRONG_PAIRS = [((2,), (3,)), ((2, 3), (2,)), ((0,), (2,)), ((2, 3), (3, 2)), ((1, 2, 3), (2, 2))]


def cases_of_two(name):
    f = function(name)

    def pair(shapes, dtype="float32", low=-2.0, high=2.0):
        return [values(shape, dtype, name + side, low, high) for shape, side in zip(shapes, "ab")]
    for dtype in DTYPES:
        register(name, dtype, lambda dtype=dtype: f(*pair(((2, 3), (3,)), dtype)))
    register(name, "shapes", lambda: [f(*pair(shapes)) for shapes in PAIRS])
    register(name, "wrong shapes",
             lambda: each(**{f"{shapes}": lambda shapes=shapes: f(*pair(shapes)) for shapes in WRONG_PAIRS}))
    for dtype in ("float32", "float64"):
        register(name, f"corners {dtype}",
                 lambda dtype=dtype: f(tf.constant(CORNERS, dtype)[:, tf.newaxis], tf.constant(CORNERS, dtype)))
    register(name, "integer corners", lambda: each(**{
        dtype: lambda dtype=dtype: f(tf.constant([7, -7, 7, -7, 2, 0, 127], dtype),
                                     tf.constant([2, 2, -2, -2, 3, 5, 1], dtype))
        for dtype in ("int32", "int64", "int8")}))
    register(name, "division by integer zero", lambda: f(tf.constant([1, 0]), tf.constant([0, 0])))
    register(name, "large integers", lambda: each(**{
        dtype: lambda dtype=dtype: f(tf.constant([tf.dtypes.as_dtype(dtype).max, 3], dtype),
                                     tf.constant([2, 3], dtype)) for dtype in ("int32", "int64", "uint8")}))
    register(name, "many", lambda: f(*pair(((37, 23), (37, 1)), low=0.1, high=3.0)))
    for dtype in ("float32", "float64"):
        register(name, f"gradients {dtype}", lambda dtype=dtype: orders(f, *pair(((2, 3), (2, 3)), dtype, 0.3, 2.0)))
    register(name, "gradients of broadcast inputs",
             lambda: [orders(f, *pair(shapes, "float32", 0.3, 2.0)) for shapes in PAIRS])
    register(name, "gradients of negative inputs", lambda: orders(f, *pair(((2, 3), (3,)))))
    register(name, "gradients at corners", lambda: orders(f, tf.constant(CORNERS[:12]), tf.constant(CORNERS[1:13])))
    register(name, "gradients where they are equal",
             lambda: orders(f, tf.constant([0.0, 1.0, -1.0]), tf.constant([0.0, 1.0, -1.0])))
    register(name, "gradients of complex numbers", lambda: orders(f, *pair(((2, 1), (2,)), "complex64")))
    x, i, d = tf.constant([1.0, 2.0]), tf.constant([1, 2]), tf.constant([1.0, 2.0], tf.float64)
    register(name, "mixed dtypes",
             lambda: each(float_double=lambda: f(x, d), double_float=lambda: f(d, x), float_integer=lambda: f(x, i),
                          integer_float=lambda: f(i, x),
             long_integer=lambda: f(tf.cast(i, tf.int64), i), float_bool=lambda: f(x, x > 1.5),
             bool_float=lambda: f(x > 1.5, x), float_text=lambda: f(x, tf.constant("a"))))
    register(name, "python values",
             lambda: each(float=lambda: f(x, 2.5), int=lambda: f(x, 2), bool=lambda: f(x, True),
                          list=lambda: f(x, [3.0, 4.0]), first=lambda: f(2.5, x),
             integer_float=lambda: f(i, 2.5), integer_int=lambda: f(i, 2), both=lambda: f(2.5, 1.5), ints=lambda: f(7, 2),
             int_float=lambda: f(7, 2.5), float_int=lambda: f(2.5, 7),
             array=lambda: f(x, np.array([1.5, 2.5])), array_first=lambda: f(np.array([1.5, 2.5]), x),
             arrays=lambda: f(np.array([1.5]), np.array([2.5])),
             scalar=lambda: f(x, np.float64(2.0)), integer_array=lambda: f(i, np.array([2, 3])),
             variable=lambda: f(tf.Variable(x), x), double_int=lambda: f(d, 2)))
    register(name, "wrong values",
             lambda: each(none=lambda: f(x, None), none_first=lambda: f(None, x), text=lambda: f(x, "a"),
                          text_first=lambda: f("a", x), object=lambda: f(x, object()),
             ragged=lambda: f(x, [[1.0], [1.0, 2.0]]), complex=lambda: f(x, 1j), dict=lambda: f(x, {})))


# Reductions.

AXES = {"all": {}, "first": {"axis": 0}, "last": {"axis": -1}, "two": {"axis": [0, 2]}, "none given": {"axis": None},
        "empty": {"axis": []}, "kept": {"axis": 1, "keepdims": True},
        "all kept": {"keepdims": True}, "tensor": {"axis": tf.constant([1])}, "tuple": {"axis": (-1, 0)},
        "long": {"axis": tf.constant(1, tf.int64)}}
WRONG_AXES = {"beyond": {"axis": 3}, "below": {"axis": -4}, "twice": {"axis": [1, 1]}, "twice negative": {"axis": [1, -2]},
              "fraction": {"axis": 0.5}, "text": {"axis": "a"}, "kept twice": {"keepdims": None}}


def cases_of_a_reduction(name):
    f = function(name)
    bools = name.split(".")[-1] in ("reduce_all", "reduce_any")
    dtype_of = "bool" if bools else "float32"
    for dtype in DTYPES:
        register(name, dtype, lambda dtype=dtype: f(values((2, 3), dtype, name), axis=1))
        register(name, f"{dtype} whole", lambda dtype=dtype: f(values((2, 3), dtype, name)))
    for kind, arguments in AXES.items():
        register(name, f"axis {kind}", lambda arguments=arguments: f(values((2, 3, 2), dtype_of, name), **arguments))
    register(name, "wrong axes",
             lambda: each(**{kind: lambda arguments=arguments: f(values((2, 3, 2), dtype_of, name), **arguments) for kind,
                             arguments in WRONG_AXES.items()}))
    register(name, "of nothing",
             lambda: [f(values(shape, dtype_of, name), axis=axis) for shape,
                      axis in (((0,), None), ((0, 3), 0), ((0, 3), 1), ((2, 0), 1), ((), None))])
    register(name, "corners",
             lambda: [f(tf.constant(part)) for part in (CORNERS[:15], [float("nan"), 1.0], [float("inf"), 1.0],
                                                        [float("-inf"), float("inf")], [0.0, -0.0])])
    register(name, "many", lambda: f(values((100, 40), dtype_of, name), axis=0))
    register(name, "python values",
             lambda: each(list=lambda: f([1.0, 2.0]), ints=lambda: f([[1, 2], [3, 4]], axis=1), number=lambda: f(3.0),
                          array=lambda: f(np.array([1.0, 2.0])),
             bools=lambda: f([True, False]), variable=lambda: f(tf.Variable([1.0, 2.0]))))
    register(name, "wrong values", lambda: each(none=lambda: f(None), text=lambda: f("a"), object=lambda: f(object())))
    if bools:
        return
    for kind in ("all", "first", "kept", "two", "empty"):
        register(name, f"gradients {kind}",
                 lambda arguments=AXES[kind]: orders(lambda x: f(x, **arguments),
                                                     values((2, 3, 2), "float32", name, 0.2, 2.0)))
    register(name, "gradients float64", lambda: orders(lambda x: f(x, axis=0), values((3, 2), "float64", name)))
    register(name, "gradients with ties and zeros",
             lambda: [orders(f, tf.constant(part)) for part in ([1.0, 1.0, 0.0], [0.0, 0.0, 2.0], [0.0, 3.0, 2.0],
                                                                [0.0, 0.0])])
    register(name, "gradients of nothing",
             lambda: [orders(f, tf.zeros((0,))), orders(lambda x: f(x, axis=0), tf.zeros((0, 2)))])
