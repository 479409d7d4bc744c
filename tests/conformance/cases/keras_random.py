# SPDX-License-Identifier: Apache-2.0
# keras.random and keras.initializers: numbers from seeds, seeds from Python's random, and what variables start with.

I, R, K = tf.keras.initializers, tf.keras.random, tf.keras.utils
_SEEDS = {"0": 0, "1": 1, "42": 42, "31 bits": 2**31, "32 bits": 2**32 - 1}
_DRAWS = {
    "normal": lambda seed: R.normal((3,), seed=seed), "normal half": lambda seed: R.normal((2, 2), 1.0, 2.0, "float16", seed),
    "normal double": lambda seed: R.normal((3,), dtype=tf.float64, seed=seed), "uniform": lambda seed: R.uniform((2, 2), -1.0, 2.0, seed=seed),
    "truncated normal": lambda seed: R.truncated_normal((5,), seed=seed), "integers": lambda seed: R.randint((4,), 0, 10, seed=seed),
    "bytes": lambda seed: R.randint((4,), 0, 200, "uint8", seed), "classes": lambda seed: R.categorical([[0.0, 1.0, 2.0]], 5, seed=seed),
    "dropout": lambda seed: R.dropout(np.ones((2, 5), "float32"), 0.4, seed=seed),
    "dropout of columns": lambda seed: R.dropout(np.ones((2, 5), "float32"), 0.4, (1, None), seed),
    "shuffle": lambda seed: R.shuffle(np.arange(8), seed=seed), "shuffle of columns": lambda seed: R.shuffle(np.arange(8).reshape(2, 4), 1, seed),
    "gamma": lambda seed: R.gamma((3,), 0.5, seed=seed), "binomial": lambda seed: R.binomial((4,), 20.0, 0.3, seed=seed),
    "beta": lambda seed: R.beta((3,), 0.5, 2.0, seed=seed),
}
for _name, _draw in _DRAWS.items():
    for _title, _seed in _SEEDS.items():
        @case(f"{_name}, seed {_title}")
        def in_turn(draw=_draw, seed=_seed):
            K.set_random_seed(seed)
            return draw(None), draw(None), draw(7), draw(7)

    @case(f"{_name} of a generator")
    def of_a_generator(draw=_draw):
        seeds = R.SeedGenerator(2**31 + 5)
        return draw(seeds), draw(seeds), seeds.state.numpy(), draw(-3)

_INITIALIZERS = {
    **{name: getattr(I, name) for name in (
        "GlorotUniform", "GlorotNormal", "LecunUniform", "LecunNormal", "HeUniform", "HeNormal", "RandomNormal", "RandomUniform",
        "TruncatedNormal", "VarianceScaling")},
    "scaled by both": lambda **given: I.VarianceScaling(2.0, "fan_avg", "uniform", **given),
    "scaled by what goes out": lambda **given: I.VarianceScaling(0.5, "fan_out", "untruncated_normal", **given),
    "wide normal": lambda **given: I.RandomNormal(1.0, 3.0, **given), "wide uniform": lambda **given: I.RandomUniform(2.0, 3.0, **given),
}
for _name, _class in _INITIALIZERS.items():
    for _title, _seed in _SEEDS.items():
        @case(f"{_name} after seed {_title}")
        def started(make=_class, seed=_seed):
            K.set_random_seed(seed)
            one, two = make(), make(seed=3)
            return one((3, 4)), one((3, 4)), one((5,)), two((3, 4)), two(()), two((3, 3, 2, 4)), make()((2,)), make(seed=seed)((2, 2))

    @case(f"{_name} in other dtypes")
    def other_dtypes(make=_class):
        return make(seed=1)((4,), "float16"), make(seed=1)((2, 3), tf.float64), make(seed=1)(shape=[3], dtype="float32")

    @case(f"{_name} written down")
    def written_down(make=_class):
        one = make(seed=5)
        again = type(one).from_config(one.get_config())
        return I.serialize(one), again((2,)), I.deserialize(I.serialize(one)).get_config(), one.clone()((2,))


@case
def initializers_that_are_always_the_same():
    return (I.Zeros()((2,)), I.Ones()((2, 2), "int32"), I.Constant(3)((2,)), I.Constant([1, 2])((2,)), I.Identity(2.0)((2, 3)),
            I.Zeros()(3), I.get("zeros")((2,)), I.get("one")((2,)), I.get(I.Zeros)([2]), I.STFT(window=None)((4, 1, 3)),
            I.STFT("imag", window=None)((4, 2, 3)))


@case
def initializers_by_name():
    K.set_random_seed(4)
    names = ("glorot_uniform", "GlorotNormal", "he_uniform", "lecun_normal", "random_normal", "normal", "uniform", "truncated_normal",
             "variance_scaling")
    return {name: I.get(name)((2, 2)) for name in names}, [type(I.get(name)).__name__ for name in names + ("orthogonal", "identity")]


@case
def initializers_of_values():
    return (I.get(np.ones((2, 2)))((2, 2)), I.get(tf.constant([1.0, 2.0]))((2,)), I.get(None),
            I.get(lambda shape, dtype=None: tf.zeros(shape))((2,)), I.get({"class_name": "HeNormal", "config": {"seed": 1}})((2,)))


@case
def seeds_of_seeds():
    K.set_random_seed(1)
    seeds = R.SeedGenerator(3)
    return (seeds.next(), seeds.next(), seeds.get_config(), R.SeedGenerator().get_config(), R.SeedGenerator(4, name="mine").state.path,
            R.SeedGenerator.from_config({"seed": 9, "name": "x"}).next(), seeds.state.numpy(), seeds.state.dtype)


@case
def one_seed_for_all():
    import random
    K.set_random_seed(7)
    first = random.random(), np.random.rand(), tf.random.normal([1]), R.normal((1,)), I.HeNormal()((2,))
    K.set_random_seed(7)
    return first, (random.random(), np.random.rand(), tf.random.normal([1]), R.normal((1,)), I.HeNormal()((2,)))


@case
def a_variable_that_starts_at_random():
    w = tf.Variable(I.GlorotUniform(seed=2)((2, 2)), name="w")
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(R.dropout(w @ w, 0.5, seed=1) * R.normal((2, 2), seed=3))
    return w, tape.gradient(loss, w)


@case
def clearing_the_session():
    K.set_random_seed(3)
    first = R.normal((2,)), tf.random.normal([2], seed=1), tf.random.normal([2], seed=1), R.SeedGenerator(1).name
    K.clear_session()
    return first, R.normal((2,)), tf.random.normal([2], seed=1), tf.random.normal([2]), R.SeedGenerator(1).name


@case
def classes_as_vectors():
    return (K.to_categorical([0, 2, 1]), K.to_categorical([[0], [1]], 3), K.to_categorical(np.array([[0, 1], [2, 0]])),
            K.to_categorical(tf.constant([1, 0]), 2))


for _name, _wrong in {
    "a text as seed": lambda: R.normal((2,), seed="a"), "a generator from a text": lambda: R.SeedGenerator("a"),
    "a generator from a fraction": lambda: R.SeedGenerator(1.5), "a generator with more": lambda: R.SeedGenerator(x=1),
    "integers that are normal": lambda: R.normal((2,), dtype="int32", seed=1), "integers that are uniform": lambda: R.uniform((2,), dtype="int32"),
    "integers that are floats": lambda: R.randint((2,), 0, 5, "float32"), "one vector of classes": lambda: R.categorical([1.0, 2.0], 2),
    "no name of an initializer": lambda: I.get("nope"), "a number as initializer": lambda: I.get(3),
    "an identity of three axes": lambda: I.Identity()((2, 2, 2)), "an orthogonal vector": lambda: I.Orthogonal()((3,)),
    "a negative scale": lambda: I.VarianceScaling(scale=-1), "an initializer with a text as seed": lambda: I.GlorotUniform(seed="a"),
    "values of another shape": lambda: I.get(np.ones((2, 2)))((2, 3)), "the class of all": lambda: I.Initializer()((2,)),
    "all with a text": lambda: K.set_random_seed("a"), "all below zero": lambda: K.set_random_seed(-1),
    "a side of a transform": lambda: I.STFT(side="x"), "a scaling of a transform": lambda: I.STFT(window=None, scaling="x"),
}.items():
    case(_name)(_wrong)
