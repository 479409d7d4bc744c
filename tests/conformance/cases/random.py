# SPDX-License-Identifier: Apache-2.0
# Seeded random numbers of tf.random: every function over seeds, shapes and dtypes, one after another, and what goes wrong.

R = tf.random
_SHAPES = ([], [1], [5], [2, 3], [7, 9])
_SEEDS = {"0": 0, "1": 1, "42": 42, "beyond 31 bits": 2**31 + 5, "beyond 32 bits": 10**12, "negative": -7, "the limit": 2**31 - 1}
_DRAWS = {
    "normal": lambda shape, seed: R.normal(shape, seed=seed),
    "normal half": lambda shape, seed: R.normal(shape, dtype=tf.float16, seed=seed),
    "normal double": lambda shape, seed: R.normal(shape, 1.0, 2.0, tf.float64, seed),
    "normal bfloat16": lambda shape, seed: R.normal(shape, dtype=tf.bfloat16, seed=seed),
    "normal scaled": lambda shape, seed: R.normal(shape, mean=3.0, stddev=0.5, seed=seed),
    "truncated": lambda shape, seed: R.truncated_normal(shape, seed=seed),
    "truncated double": lambda shape, seed: R.truncated_normal(shape, 0.5, 3.0, tf.float64, seed=seed),
    "truncated half": lambda shape, seed: R.truncated_normal(shape, dtype=tf.float16, seed=seed),
    "uniform": lambda shape, seed: R.uniform(shape, seed=seed),
    "uniform half": lambda shape, seed: R.uniform(shape, dtype=tf.float16, seed=seed),
    "uniform bfloat16": lambda shape, seed: R.uniform(shape, dtype=tf.bfloat16, seed=seed),
    "uniform double": lambda shape, seed: R.uniform(shape, -1.0, 1.0, tf.float64, seed),
    "uniform scaled": lambda shape, seed: R.uniform(shape, -2.0, 5.0, seed=seed),
    "uniform int": lambda shape, seed: R.uniform(shape, 0, 100, tf.int32, seed),
    "uniform long": lambda shape, seed: R.uniform(shape, -5, 10**12, tf.int64, seed),
    "gamma": lambda shape, seed: R.gamma(shape, [0.5, 2.0], seed=seed),
    "gamma with rates": lambda shape, seed: R.gamma(shape, [1.0, 3.0], [[2.0], [0.5]], tf.float64, seed),
    "poisson": lambda shape, seed: R.poisson(shape, [0.5, 4.0, 25.0], seed=seed),
    "poisson int": lambda shape, seed: R.poisson(shape, 12.0, tf.int32, seed),
}
for _name, _draw in _DRAWS.items():
    for _title, _seed in _SEEDS.items():
        @case(f"{_name}, seed {_title}")
        def in_turn(draw=_draw, seed=_seed):
            R.set_seed(seed)
            return [draw(shape, None) for shape in _SHAPES], [draw(shape, 5) for shape in _SHAPES[:3]]

    @case(f"{_name}, with a seed of its own only")
    def own_seed(draw=_draw):
        R.set_seed(None)
        return [draw([2], seed) for seed in (0, 5, 5, 2**31 + 1, -3)]

for _title, _seed in _SEEDS.items():
    @case(f"shuffles, seed {_title}")
    def shuffles(seed=_seed):
        R.set_seed(seed)
        whole = [R.shuffle(tf.range(n)) for n in (0, 1, 2, 5, 40)]
        return whole, [R.shuffle(tf.range(9), seed=3) for _ in range(3)], R.shuffle([["a", "b"], ["c", "d"], ["e", "f"]])

    @case(f"classes, seed {_title}")
    def classes(seed=_seed):
        R.set_seed(seed)
        logits = tf.math.log([[0.1, 0.2, 0.7], [0.5, 0.5, 1e-9]])
        return R.categorical(logits, 8), R.categorical(logits, 5, tf.int32, seed=4), R.categorical(logits, 5, seed=4), R.categorical(
            tf.constant([[1.0, -np.inf, 2.0]], tf.float64), 7)

    @case(f"dropout, seed {_title}")
    def dropout(seed=_seed):
        R.set_seed(seed)
        x = tf.ones([3, 4])
        return [tf.nn.dropout(x, 0.4), tf.nn.dropout(x, 0.0), tf.nn.dropout(x, 0.4), tf.nn.dropout(x, 0.4, [3, 1]),
                tf.nn.dropout(x, 0.5, seed=2), R.uniform([3, 4], seed=2), tf.nn.dropout(tf.ones([4], tf.float64), 0.3),
                tf.nn.dropout(tf.ones([8], tf.float16), 0.3)]


@case
def streams_are_shared_by_kernel():
    R.set_seed(3)
    return (R.uniform([2], seed=1), tf.nn.dropout(tf.ones([2]), 0.5, seed=1), R.uniform([2], seed=1), R.normal([2], seed=1),
            R.uniform(tf.constant([2], tf.int64), seed=1), R.uniform(np.array([2]), seed=1), R.uniform([2], seed=1, dtype=tf.float64),
            R.uniform([2], 0, 9, tf.int32, seed=1), R.uniform([2], 0, 5, tf.int32, seed=1))


@case
def setting_a_seed_starts_again():
    R.set_seed(4)
    first = R.normal([2]), R.normal([2], seed=1)
    R.set_seed(4)
    again = R.normal([2]), R.normal([2], seed=1)
    R.set_seed(5)
    return first, again, R.normal([2]), R.normal([2], seed=1)


@case
def numpy_and_python_are_other_generators():
    R.set_seed(1)
    np.random.seed(3)
    a = np.random.rand(2)
    return a, R.normal([2]), np.random.rand(2)


@case
def noise_has_no_gradient():
    R.set_seed(1)
    x = tf.Variable([1.0, 2.0])
    with tf.GradientTape(persistent=True) as tape:
        y = x * R.normal([2], mean=x)
        z = R.uniform([2], 0.0, x)
        drop = tf.nn.dropout(x, 0.5)
        order = R.shuffle(x)
        kind = tf.cast(R.categorical([x], 3), tf.float32)
    return [tape.gradient(one, x) for one in (y, z, drop, order, kind)]


@case
def gamma_moves_with_its_parameters():
    R.set_seed(1)
    alpha, beta = tf.Variable([0.5, 1.0, 3.0]), tf.Variable(2.0)
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(R.gamma([4], alpha, beta) ** 2)
    return tape.gradient(y, [alpha, beta])


@case
def gamma_moves_with_its_parameters_stateless():
    alpha, beta = tf.Variable([[0.5], [9.0]]), tf.Variable([2.0, 1.0])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(R.stateless_gamma([3, 2, 2], [1, 2], alpha, beta))
    return tape.gradient(y, [alpha, beta])


_KEYS = {
    "zeros": (0, 0), "small": (1, 2), "negative": (-1, 5), "bounds": (2**31 - 1, -(2**31)), "large": (123456789, 987654321),
    "long": tf.constant([2**40, -(2**50)], tf.int64), "longest": np.array([2**63 - 1, -(2**63)]),
}
_STATELESS = {
    "normal": lambda shape, key: R.stateless_normal(shape, key),
    "normal double": lambda shape, key: R.stateless_normal(shape, key, 1.0, 2.0, tf.float64),
    "normal half": lambda shape, key: R.stateless_normal(shape, key, dtype=tf.float16),
    "truncated": lambda shape, key: R.stateless_truncated_normal(shape, key, 2.0, 0.1),
    "truncated double": lambda shape, key: R.stateless_truncated_normal(shape, key, dtype=tf.float64),
    "uniform": lambda shape, key: R.stateless_uniform(shape, key, -1.0, 3.0),
    "uniform double": lambda shape, key: R.stateless_uniform(shape, key, dtype=tf.float64),
    "uniform half": lambda shape, key: R.stateless_uniform(shape, key, dtype=tf.float16),
    "integers": lambda shape, key: R.stateless_uniform(shape, key, 0, 100, tf.int32),
    "long integers": lambda shape, key: R.stateless_uniform(shape, key, -7, 10**15, tf.int64),
    "all integers": lambda shape, key: [R.stateless_uniform(shape, key, None, None, dtype) for dtype in (
        tf.int32, tf.int64, tf.uint32, tf.uint64)],
    "gamma": lambda shape, key: R.stateless_gamma([*shape, 2], key, [0.5, 2.5]),
    "poisson": lambda shape, key: R.stateless_poisson([*shape, 2], key, [0.5, 30.0]),
    "poisson float": lambda shape, key: R.stateless_poisson([*shape, 2], key, [3.0, 11.0], tf.float32),
    "binomial": lambda shape, key: R.stateless_binomial([*shape, 3], key, 40.0, [0.1, 0.5, 0.9]),
    "binomial double": lambda shape, key: R.stateless_binomial([*shape, 2], key, [5.0, 100.0], tf.constant(0.25, tf.float64), tf.float64),
}
for _name, _draw in _STATELESS.items():
    for _title, _key in _KEYS.items():
        @case(f"stateless {_name}, {_title}")
        def stateless(draw=_draw, key=_key):
            return [draw(shape, key) for shape in ([], [3], [2, 5])]

for _title, _key in _KEYS.items():
    @case(f"stateless choices, {_title}")
    def choices(key=_key):
        logits = tf.math.log([[0.1, 0.2, 0.7], [0.5, 0.5, 0.01]])
        return (R.stateless_categorical(logits, 6, key), R.stateless_categorical(logits, 3, key, tf.int32),
                R.experimental.stateless_shuffle(tf.range(9), key), R.split(key), R.split(key, 3), R.fold_in(key, 4),
                tf.nn.experimental.stateless_dropout(tf.ones([6]), 0.5, key))

for _title, _seed in {"0": 0, "1": 1, "42": 42, "64 bits": 2**63 + 9, "65 bits": 2**64 + 7, "131 bits": 2**130 + 1, "negative": -1,
                      "array": [5], "long array": [1, 2, 3, 4]}.items():
    @case(f"generator from {_title}")
    def generator(seed=_seed):
        g = R.Generator.from_seed(seed)
        numbers = [g.normal([3]), g.uniform([2]), g.uniform([3], 0, 9, tf.int32), g.truncated_normal([2], 1.0, 0.5),
                   g.uniform_full_int([2]), g.uniform([], None, None, tf.int64), g.normal([2], dtype=tf.float64)]
        return numbers, g.state, g.make_seeds(2), [one.normal([2]) for one in g.split(2)], g.key, g.algorithm


@case
def generators_move():
    g = R.Generator.from_state([1, 2, 3], "philox")
    before = g.skip(10)
    first = g.normal([2])
    g.reset_from_seed(7)
    second = g.normal([2])
    g.reset([4, 5, 6])
    g.reset_from_key_counter(9, [1, 1])
    other = R.Generator.from_key_counter(9, [1, 1], "philox")
    copied = R.Generator(copy_from=other)
    return before, first, second, g.normal([2]), other.normal([2]), copied.normal([2]), other.state, R.create_rng_state(5, "philox")


@case
def the_global_generator_can_be_set():
    R.set_global_generator(R.Generator.from_seed(3))
    return R.get_global_generator().normal([2]), R.get_global_generator().normal([2])


# ---- inside of functions

for _title, _seed in {"0": 0, "beyond 32 bits": 10**12}.items():  # more would make TensorFlow warn of retracing
    @case(f"in a function, seed {_title}")
    def in_a_function(seed=_seed):
        R.set_seed(seed)

        @tf.function(autograph=False)
        def draw(n):
            return R.uniform([2]), R.normal([n]), R.uniform([2], seed=5), R.uniform([2], seed=5), R.shuffle(tf.range(5))

        calls = [draw(2), draw(2), draw(3), draw(2)]
        outside = R.uniform([2])
        R.set_seed(seed)
        return calls, outside, draw(2), draw(2), R.uniform([2])


@case
def a_function_in_a_function():
    R.set_seed(2)

    @tf.function(autograph=False)
    def inner():
        return R.uniform([2])

    @tf.function(autograph=False)
    def outer():
        return R.uniform([2]), inner(), inner(), R.uniform([2])

    return outer(), outer(), inner(), inner()


@case
def a_seed_that_is_set_later():
    R.set_seed(2)

    @tf.function(autograph=False)
    def draw():
        return R.uniform([2]), tf.nn.dropout(tf.ones([4]), 0.5)

    first = draw()
    R.set_seed(9)
    return first, draw(), draw()


@case
def two_functions_count_for_themselves():
    R.set_seed(8)
    one, two = (tf.function(lambda: R.normal([2]), autograph=False) for _ in range(2))
    return one(), two(), one(), R.normal([2])


# ---- what goes wrong

for _name, _wrong in {
    "a number as shape": lambda: R.normal(5), "a negative size": lambda: R.normal([2, -1]), "sizes with fractions": lambda: R.normal([2.5]),
    "a matrix as shape": lambda: R.normal([[2, 2]]), "no shape": lambda: R.normal(None), "a text as shape": lambda: R.normal("a"),
    "short sizes": lambda: R.normal(tf.constant([2], tf.int16)), "integers that are normal": lambda: R.normal([2], dtype=tf.int32),
    "means that do not fit": lambda: R.normal([2], mean=[1.0, 2.0, 3.0]),
    "a mean of another dtype": lambda: R.normal([2], mean=tf.constant(1.0, tf.float64)),
    "an empty range": lambda: R.uniform([2], 5, 5, tf.int32), "a range backwards": lambda: R.uniform([2], 5, 3, tf.int64),
    "integers without a limit": lambda: R.uniform([2], dtype=tf.int32), "short integers": lambda: R.uniform([2], 0, 10, tf.int16),
    "limits that are vectors": lambda: R.uniform([2], [0, 1], 10, tf.int32), "a limit with a fraction": lambda: R.uniform([2], 2.5, 7, tf.int32),
    "a text as seed": lambda: R.uniform([2], seed="a"), "one vector of classes": lambda: R.categorical([0.0, 1.0], 3),
    "fewer than no samples": lambda: R.categorical([[0.0, 1.0]], -3), "no classes": lambda: R.categorical(tf.zeros([2, 0]), 3),
    "classes as floats": lambda: R.categorical([[0.0, 1.0]], 3, tf.float32), "half a sample": lambda: R.categorical([[0.0, 1.0]], 2.5),
    "samples as a vector": lambda: R.categorical([[0.0, 1.0]], [2]), "a negative alpha": lambda: R.gamma([2], [-1.0]),
    "rates that do not fit": lambda: R.gamma([2], [1.0, 2.0], [1.0, 2.0, 3.0]), "a gamma number of samples": lambda: R.gamma(2, 0.5),
    "gamma integers": lambda: R.gamma([2], 1, dtype=tf.int32), "a negative rate": lambda: R.poisson([2], [-1.0]),
    "one number as key": lambda: R.stateless_normal([2], [1]), "a scalar as key": lambda: R.stateless_normal([2], 3),
    "stateless integers without a limit": lambda: R.stateless_uniform([2], [1, 2], dtype=tf.int32),
    "unsigned integers with a limit": lambda: R.stateless_uniform([2], [1, 2], 0, 5, tf.uint32),
    "stateless short integers": lambda: R.stateless_uniform([2], [1, 2], dtype=tf.int8),
    "a shape without that of alpha": lambda: R.stateless_gamma([3], [1, 2], [1.0, 2.0]),
    "an unknown algorithm": lambda: R.stateless_normal([2], [1, 2], alg="a"),
    "a generator of an unknown algorithm": lambda: R.Generator.from_seed(1, alg="x"),
    "a state that is too short": lambda: R.Generator.from_state([1, 2], alg=1), "a generator without a state": lambda: R.Generator(),
    "integers of a generator without a limit": lambda: R.Generator.from_seed(1).uniform([2], dtype=tf.int32),
}.items():
    case(_name)(_wrong)
