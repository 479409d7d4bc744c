# SPDX-License-Identifier: Apache-2.0
# What a tf.function does to Python and finds of it: once, while it is traced; and Python that TensorFlow calls while it runs.
import collections
import random


class Plain:
    def __init__(self, **members):
        self.__dict__.update(members)

    def bump(self):
        self.count += 1


LOG = []
RATE = 1.0


@case
def list_grows_once():
    seen = []

    @tf.function(autograph=False)
    def f(x):
        seen.append("traced")
        return x * 2.0

    f(tf.constant(1.0))
    f(tf.constant(2.0))
    first = len(seen)
    f(tf.constant([1.0]))
    return first, len(seen)


@case
def number_around_is_frozen():
    scale = 2.0

    @tf.function(autograph=False)
    def f(x):
        return x * scale

    results = [f(tf.constant(1.0))]
    scale = 5.0
    results.append(f(tf.constant(1.0)))
    results.append(f(tf.constant([1.0])))
    return results, scale


@case
def global_is_frozen():
    global RATE
    RATE = 1.0

    @tf.function(autograph=False)
    def f(x):
        return x * RATE

    results = [f(tf.constant(1.0))]
    RATE = 3.0
    results.append(f(tf.constant(1.0)))
    return results, RATE


@case
def attribute_is_frozen():
    thing = Plain(rate=1.0, v=tf.Variable(2.0))

    @tf.function(autograph=False)
    def f(x):
        return x * thing.rate * thing.v

    results = [f(tf.constant(1.0))]
    thing.rate = 10.0
    thing.v.assign(3.0)
    results.append(f(tf.constant(1.0)))
    return results, thing.rate


@case
def attribute_of_an_argument():
    thing = Plain(rate=1.0)

    @tf.function(autograph=False)
    def f(one, x):
        return x * one.rate

    results = [f(thing, tf.constant(1.0))]
    thing.rate = 10.0
    results.append(f(thing, tf.constant(1.0)))
    results.append(f(Plain(rate=4.0), tf.constant(1.0)))
    return results


@case
def counter_steps_once():
    thing = Plain(count=0)

    @tf.function(autograph=False)
    def f():
        thing.bump()
        return tf.constant(1)

    f(), f(), f()
    return thing.count


class Once(tf.Module):
    def __init__(self):
        self.v = tf.Variable(0)
        self.counter = 0

    @tf.function(autograph=False)
    def __call__(self):
        if self.counter == 0:
            self.counter += 1
            self.v.assign_add(1)
        return self.v


@case
def update_under_a_condition_of_python():
    m = Once()
    return [m() for _ in range(3)], m.counter


class Lazy(tf.Module):
    def __init__(self):
        self.count = None

    @tf.function(autograph=False)
    def __call__(self):
        if self.count is None:
            self.count = tf.Variable(0)
        return self.count.assign_add(1)


@case
def variable_made_in_the_first_call():
    c = Lazy()
    return [c(), c(), c()]


@case
def variable_made_in_each_call():
    @tf.function(autograph=False)
    def f(x):
        v = tf.Variable(1.0)
        return v + x

    try:
        f(tf.constant(1.0))
    except ValueError as problem:
        return str(problem)


@case
def iterator_of_python():
    @tf.function(autograph=False)
    def f(iterator):
        return next(iterator) * tf.constant(1)

    iterator = iter([1, 2, 3])
    return [f(iterator), f(iterator), f(iterator)]


@case
def iterator_of_a_data_set():
    @tf.function(autograph=False)
    def f(iterator):
        return next(iterator)

    iterator = iter(tf.data.Dataset.from_tensor_slices([1, 2, 3]))
    return [f(iterator), f(iterator), f(iterator)]


@case
def tensor_left_in_a_list():
    kept = []

    @tf.function(autograph=False)
    def f(a):
        kept.append(a + 1)
        kept.append(a)
        return a

    f(tf.constant([1, 2]))
    return repr(kept), [one.name for one in kept], [one.shape for one in kept], len(kept)


@case
def tensor_left_in_an_attribute():
    thing = Plain(last=None)

    @tf.function(autograph=False)
    def f(a):
        thing.last = tf.reduce_sum(a)
        return a * thing.last

    result = f(tf.constant([1.0, 2.0]))
    said = []
    for use in (lambda: thing.last.numpy(), lambda: bool(thing.last), lambda: len(thing.last), lambda: np.array(thing.last).shape,
                lambda: float(thing.last), lambda: hash(thing.last)):
        try:
            said.append(use())
        except Exception as problem:
            said.append((type(problem).__name__, str(problem)))
    for use in (lambda: thing.last + 1.0, lambda: tf.exp(thing.last), lambda: thing.last[0]):
        try:
            said.append(use())
        except Exception as problem:
            said.append((type(problem).__name__, str(problem).split("\n")[0]))
    return result, str(thing.last), said


@case
def numpy_inside():
    @tf.function(autograph=False)
    def f(x):
        return x.numpy()

    try:
        f(tf.constant(1.0))
    except AttributeError as problem:
        return str(problem)


@case
def numpy_of_a_product_inside():
    @tf.function(autograph=False)
    def f(x):
        return np.sin(x * 2.0)

    try:
        f(tf.constant(1.0))
    except NotImplementedError as problem:
        return str(problem)


@case
def numpy_of_what_was_there_before():
    c = tf.constant([1.0, 2.0])

    @tf.function(autograph=False)
    def f(x):
        return x * float(c.numpy().sum())

    return f(tf.constant(1.0))


@case
def numpy_inside_of_python():
    @tf.function(autograph=False)
    def f(x):
        return tf.py_function(lambda t: LOG.append(t.numpy()) or t * 2.0, [x], tf.float32)

    return f(tf.constant(3.0)), LOG[-1]


@case
def numpy_where_functions_run_eagerly():
    @tf.function(autograph=False)
    def f(x):
        return x.numpy() * 2

    tf.config.run_functions_eagerly(True)
    try:
        return f(tf.constant(3.0))
    finally:
        tf.config.run_functions_eagerly(False)


@case
def signatures():
    @tf.function(autograph=False)
    def f(a, b=2, *, c=None):
        return {"x": a * b, "y": [a, None]}

    f(tf.constant(1.0))
    f(tf.constant([1, 2]), 3, c="text")
    return f.pretty_printed_concrete_signatures()


@case
def structures_of_a_concrete_function():
    @tf.function(autograph=False)
    def f(a, b=2, *, c=None):
        return {"x": a * b, "y": (a, [a])}

    f(tf.constant([1.0, 2.0]))
    found = f.get_concrete_function(tf.TensorSpec([2], tf.float32))
    return (str(found), found.structured_input_signature, repr(found.structured_outputs), repr(found.outputs), found.output_dtypes,
            found.output_shapes, found(tf.constant([3.0, 4.0])))


@case
def arguments_of_a_concrete_function():
    @tf.function(autograph=False)
    def f(a, b):
        return a**b

    found = f.get_concrete_function(a=tf.TensorSpec([], tf.float32), b=2)
    said = [found.structured_input_signature]
    for use in (lambda: found(tf.constant(3.0)), lambda: found(a=tf.constant(4.0)), lambda: found(tf.constant(3.0), 2)):
        said.append(use())
    for use in (lambda: found(), lambda: found(a=4.0), lambda: found(tf.constant(3.0), b=3)):
        try:
            said.append(use())
        except TypeError as problem:
            said.append(str(problem).replace(" -> TensorSpec(shape=(), dtype=tf.float32, name=None)", ""))
    return said


@case
def concrete_function_of_an_object():
    thing = Plain(rate=2.0)

    @tf.function(autograph=False)
    def f(one, x):
        return x * one.rate

    found = f.get_concrete_function(thing, tf.constant(1.0))
    thing.rate = 7.0
    return found(tf.constant(1.0)), f(thing, tf.constant(1.0))


class Kind(tf.types.experimental.TraceType):
    def __init__(self, kind):
        self.kind = kind

    def is_subtype_of(self, other):
        return self == other

    def most_specific_common_supertype(self, others):
        return self if all(self == other for other in others) else None

    def placeholder_value(self, placeholder_context=None):
        return self.kind()

    def __eq__(self, other):
        return isinstance(other, Kind) and self.kind is other.kind

    def __hash__(self):
        return hash(self.kind)


class Fruit:
    flavour = 1.0

    def __tf_tracing_type__(self, context):
        return Kind(type(self))


@case
def kinds_of_ones_own():
    count = []

    @tf.function(autograph=False)
    def f(fruit):
        count.append(1)
        return tf.constant(fruit.flavour)

    f(Fruit())
    f(Fruit())
    return len(count), f.experimental_get_tracing_count()


@case
def traced_for_any_length():
    @tf.function(reduce_retracing=True, autograph=False)
    def f(x):
        print("traced with", x)
        return tf.reduce_sum(x)

    return [f(tf.ones([n])) for n in (1, 2, 3, 4)], f.experimental_get_tracing_count()


@case
def traced_for_any_number_of_rows():
    @tf.function(reduce_retracing=True, autograph=False)
    def f(x, y):
        print("traced with", x, y)
        return tf.reduce_sum(x) + y

    return [f(tf.ones([n, 2]), 1.0) for n in (1, 2, 3)], f.experimental_get_tracing_count()

@case
def python_called_from_inside_leaves_its_marks():
    seen = []

    @tf.function(autograph=False)
    def f(x):
        tf.py_function(lambda v: seen.append(float(v)), [x], [])
        return x

    for i in range(3):
        f(tf.constant(float(i)))
    return seen


@case
def arrays_passed_outside_leave_their_marks():
    notes = {}

    @tf.function(autograph=False)
    def f(x):
        def note(v):
            notes[len(notes)] = v.tolist()
            return v * 2

        return tf.numpy_function(note, [x], tf.float32)

    return [f(tf.constant(float(i))) for i in range(3)], notes


@case
def marks_beside_those_of_tracing():
    traced, ran = [], []

    @tf.function(autograph=False)
    def f(x):
        traced.append("traced")
        tf.py_function(lambda v: ran.append((len(traced), float(v))), [x], [])
        return x + len(traced)

    return [f(1.0), f(1.0), f(tf.constant(2.0)), f(tf.constant(3.0))], traced, ran


@case
def slots_are_made_by_tracing_twice():
    w = tf.Variable([1.0, 2.0])
    optimizer = tf.keras.optimizers.Adam(0.1)

    @tf.function(autograph=False)
    def step(x):
        print("tracing", x)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(w * x)
        optimizer.apply_gradients(zip(tape.gradient(loss, [w]), [w]))
        return loss

    return step(tf.constant(1.0)), step(tf.constant(2.0)), step(tf.constant([1.0, 2.0]))


@case
def no_slots_are_made_by_tracing_once():
    w = tf.Variable([1.0, 2.0])
    optimizer, built = tf.keras.optimizers.SGD(0.1), tf.keras.optimizers.Adam(0.1)
    built.build([w])

    @tf.function(autograph=False)
    def step(x, own):
        print("tracing", own)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(w * x)
        (optimizer if own else built).apply_gradients(zip(tape.gradient(loss, [w]), [w]))

    for own in (True, False, True):
        step(tf.constant(1.0), own)


@case
def layers_are_built_by_tracing_twice():
    model = tf.keras.Sequential([tf.keras.layers.Dense(2, kernel_initializer="ones")])

    @tf.function(autograph=False)
    def call(x):
        print("tracing")
        return model(x)

    return call(tf.ones([1, 2])), call(tf.ones([1, 2])), call(tf.ones([2, 2]))


@case
def numbers_are_drawn_once():
    @tf.function(autograph=False)
    def scaled(x):
        return x * random.random()

    @tf.function(autograph=False)
    def noisy(x):
        return x + np.random.normal(size=2).astype("float32")

    random.seed(1)
    np.random.seed(3)
    first, second = scaled(tf.constant(1.0)), scaled(tf.constant(1.0))
    return first, second, random.random(), noisy(tf.zeros([2])), noisy(tf.ones([2])), np.random.rand()


@case
def other_containers_are_found_as_they_were():
    counts, latest, elements = collections.defaultdict(int), collections.deque(maxlen=2), np.zeros(2)

    @tf.function(autograph=False)
    def f(x):
        counts["a"] += 1
        latest.append(len(latest))
        elements[0] += 1
        return x + elements[0]

    return [f(tf.constant(1.0)) for _ in range(3)], dict(counts), list(latest), elements


class AttributeDict(dict):
    __getattr__ = dict.__getitem__


@case
def dictionaries_of_attributes_are_asked_nothing():
    settings = AttributeDict(rate=0.5)

    @tf.function(autograph=False)
    def f(x):
        return x * settings.rate

    return f(tf.constant(2.0)), f(tf.constant(4.0))


@case
def functions_called_from_outside_of_one():
    class Counting:
        def __init__(self):
            self.count = 0

        @tf.function(autograph=False)
        def evaluate(self, x):
            return tf.py_function(lambda v: v * self.count, [x], tf.float32)

        def report(self, x):
            self.count += 1
            return self.evaluate(x)

        @tf.function(autograph=False)
        def train(self, x):
            return tf.py_function(self.report, [x], tf.float32)

    counting = Counting()
    return [(counting.train(tf.constant(1.0)), counting.count) for _ in range(4)]


@case
def generators_run_outside():
    seen = []

    def numbers():
        for i in range(2):
            seen.append(len(seen))
            yield seen[-1]

    numbered = tf.data.Dataset.from_generator(numbers, output_signature=tf.TensorSpec((), tf.int32))

    @tf.function(autograph=False)
    def total():
        return numbered.reduce(0, lambda a, b: a + b) + len(seen) * 0

    return [(total(), list(seen)) for _ in range(3)]


@case
def loops_over_a_dictionary_go_on():
    results = {"a": 0.0, "b": 0.0, "c": 0.0}

    class Stepping:
        def __init__(self):
            self.results, self.w = results, tf.Variable(0.0)

        @tf.function(autograph=False)
        def step(self, x):
            self.w.assign_add(x)
            return self.w * 1.0

    stepping = Stepping()
    del results["a"]
    results["d"] = 0.0
    for name in results:
        results[name] = float(stepping.step(1.0))
    return results


@case
def what_an_init_scope_makes_has_values():
    class Once(tf.Module):
        def __init__(self):
            self.c = None

        @tf.function(autograph=False)
        def __call__(self, x):
            if self.c is None:
                with tf.init_scope():
                    self.c = tf.constant(3.0)
            return x * self.c

    once = Once()
    return once(tf.constant(2.0)), once(tf.constant(3.0)), float(once.c)


@case
def draws_of_a_generator_of_numpys_own():
    chance = np.random.default_rng(3)

    @tf.function(autograph=False)
    def f(x):
        return x + chance.normal(size=2).astype("float32")

    return f(tf.zeros([2])), f(tf.zeros([2])), chance.normal()


@case
def very_many_objects():
    class Kid:
        def __init__(self):
            self.n, self.seen = 0, []

    kids = [Kid() for _ in range(150)]

    @tf.function(autograph=False)
    def f(x):
        for kid in kids:
            kid.n += 1
            kid.seen.append(1)
        return x + kids[0].n + kids[149].n

    return [(f(tf.constant(0)), kids[0].n, kids[149].n, len(kids[149].seen)) for _ in range(3)]
