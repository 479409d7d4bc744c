# SPDX-License-Identifier: Apache-2.0
# tf.data.Dataset: elements, orders, specs, lengths and complaints.
D = tf.data.Dataset
_X = np.arange(10, dtype="float32").reshape(5, 2)
_Y = np.arange(5)


def _d():
    return D.from_tensor_slices((_X, _Y))


def seen(dataset):
    """Its elements, over two passes."""
    return [list(dataset), [np.asarray(leaf).tolist() for one in dataset.as_numpy_iterator() for leaf in tf.nest.flatten(one)]]


def epochs(dataset, count=3):
    return [[np.asarray(one).tolist() for one in dataset.as_numpy_iterator()] for _ in range(count)]


_TEXTS = """repr(_d())|repr(_d().batch(2))|repr(_d().map(lambda a, b: (a * 2, b)))|repr(_d().cache())|repr(_d().enumerate())
repr(D.zip((_d(), _d())))|repr(D.range(3))|repr(_d().unbatch())|repr(_d().batch(2).unbatch())|repr(_d().batch(2, drop_remainder=True))
repr(_d().window(2))|repr(_d().padded_batch(2))|repr(_d().flat_map(lambda a, b: D.from_tensors(a)))|repr(_d().batch(2).batch(2))
repr(D.from_tensor_slices(_X).map(lambda a: {"k": a}))|len(_d())|len(_d().batch(2))|len(_d().repeat())|len(_d().repeat(3).batch(4))
len(_d().filter(lambda a, b: b > 2))|_d().cardinality()|_d().repeat().cardinality()|len(_d().skip(2).take(9))|_d().element_spec
seen(_d())|seen(_d().batch(2))|seen(_d().batch(2, drop_remainder=True))|seen(_d().map(lambda a, b: a * tf.cast(b, a.dtype)))
seen(_d().filter(lambda a, b: b > 2))|seen(_d().take(2).repeat(2))|seen(D.range(7).window(3).flat_map(lambda w: w.batch(3)))
seen(D.range(6).scan(0, lambda s, v: (s + tf.cast(v, tf.int32), s)))|seen(D.range(9).take_while(lambda v: v < 4))
seen(D.zip((D.range(3), D.range(5, 9))))|seen(D.range(3).concatenate(D.range(5, 7)))|seen(D.range(5).shard(2, 1))
seen(D.from_tensor_slices({"a": _X, "b": _Y}).batch(3))|seen(D.from_tensor_slices(["a", "b"]))|seen(_d().batch(2).unbatch())
seen(D.from_generator(lambda: iter([1, 2]), output_signature=tf.TensorSpec((), tf.int32)))|seen(D.range(3).enumerate(5))
seen(D.range(1, 4).map(lambda n: tf.range(n)).padded_batch(2))|seen(D.range(10).batch(3).prefetch(1))
seen(D.range(4).interleave(lambda v: D.from_tensors(v).repeat(2), cycle_length=2, block_length=1))
seen(D.from_tensor_slices([[1.0, 2.0], [3.0, 4.0]]).map(tf.square))|D.range(5).reduce(0, lambda s, v: s + tf.cast(v, tf.int32))
epochs(D.range(5).shuffle(3, seed=1))|epochs(D.range(20).shuffle(20))|epochs(D.range(20).shuffle(7).batch(4, drop_remainder=True))
epochs(D.range(6).shuffle(10, reshuffle_each_iteration=False))|epochs(D.range(5).shuffle(5).repeat(2))|epochs(D.range(5).repeat(2).shuffle(4))
epochs(D.range(5).map(lambda v: tf.random.uniform([], seed=2)))|epochs(D.range(4).map(lambda v: tf.random.normal([])))
epochs(D.range(300).shuffle(1000).take(5))|epochs(D.random(seed=1).take(4), 2)|D.from_tensor_slices((_X, _Y[:3]))
D.from_tensor_slices(1.0)|_d().batch(0)|_d().shuffle(0)|_d().take("a")|_d()[0]|_d().foo|_d().map(lambda a: a)
next(iter(D.range(0)))|next(iter(_d()))|D.from_tensors(1).get_single_element()|tf.data.AUTOTUNE|isinstance(_d(), tf.data.Dataset)
D.range(2).from_tensors([1, 2]).get_single_element()"""
for _text in _TEXTS.replace("\n", "|").split("|"):
    case(_text)(lambda text=_text: (tf.random.set_seed(3), eval(text, globals()))[1])


@case
def a_training_loop():
    tf.keras.utils.set_random_seed(5)
    x = tf.random.normal((20, 3))
    y = tf.reduce_sum(x, axis=1)
    data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(20).batch(8)
    w, b = tf.Variable(tf.zeros((3, 1))), tf.Variable(0.0)
    losses = []
    for _ in range(3):
        for xb, yb in data:
            with tf.GradientTape() as tape:
                loss = tf.reduce_mean(tf.square(tf.squeeze(xb @ w) + b - yb))
            dw, db = tape.gradient(loss, [w, b])
            w.assign_sub(0.1 * dw)
            b.assign_sub(0.1 * db)
            losses.append(loss)
    return losses, w, b


def _chosen(choices, **options):
    return D.choose_from_datasets([D.range(3), D.range(10, 13)], choices, **options)


@case
def chosen():
    dataset = _chosen(D.from_tensor_slices(tf.constant([0, 1, 1, 0, 0, 1, 1], tf.int64)))
    return list(dataset), dataset.element_spec, dataset.cardinality(), str(dataset)


@case
def chosen_until_both_end():
    return [list(_chosen(D.range(2).repeat(), stop_on_empty_dataset=stop)) for stop in (True, False)]


@case
def chosen_of_different_sizes():
    dataset = D.choose_from_datasets([D.from_tensors([1, 2]), D.from_tensors([1, 2, 3])], D.range(2))
    return list(dataset), dataset.element_spec


@case
def chosen_from_nothing():
    D.choose_from_datasets([], D.range(2))


@case
def chosen_by_floats():
    _chosen(D.from_tensor_slices([0.5]))


@case
def chosen_out_of_range():
    list(_chosen(D.range(3)))


@case
def chosen_of_different_dtypes():
    D.choose_from_datasets([D.range(3), D.from_tensors(1.0)], D.range(2))


for _weights in (None, [0.5, 0.5], [0.9, 0.1], [1.0, 0.0], [1.0], [0.0, 0.0]):
    @case(f"sampled by {_weights}")
    def sampled(_weights=_weights):
        return [list(D.sample_from_datasets([D.range(5), D.range(10, 15)], _weights, seed=42, stop_on_empty_dataset=stop)) for stop in (False, True)]


_as_it_is = tf.autograph.experimental.do_not_convert


def _sized():
    return D.range(1, 4).map(_as_it_is(lambda n: tf.range(n)))


def _pairs(dtype="int32"):
    return D.range(1, 4).map(_as_it_is(lambda n: (tf.range(tf.cast(n, dtype)), n)))


def _named():
    return D.range(1, 4).map(_as_it_is(lambda n: {"b": tf.range(n), "a": n}))


def _words():
    return D.from_generator(lambda: iter([["a"], ["b", "c"]]), output_signature=tf.TensorSpec([None], tf.string))


def _unknown(*elements):
    return D.from_generator(lambda: iter(elements), tf.int32)


_LONG = np.ones((2, 2), np.int64)
_PADDED = """D.from_tensor_slices(([[1, 2], [3, 4]], [0, 1])).padded_batch(2)|D.range(5).padded_batch(2)|_sized().padded_batch(2)
D.from_tensor_slices({"x": [[1.0, 2.0], [3.0, 4.0]], "y": [0, 1]}).padded_batch(2, {"x": [4], "y": []})|_sized().padded_batch(2, drop_remainder=True)
_sized().padded_batch(2, [5], drop_remainder=True)|_pairs().padded_batch(2, ([4], []))|_pairs().padded_batch(2, ([4], []), (-1, None))
_pairs("int64").padded_batch(2, padding_values=np.int64(7))|_named().padded_batch(2, {"a": [], "b": [4]}, {"a": None, "b": np.int64(7)})
_named().padded_batch(2, {"b": [4]})|_named().padded_batch(2, {"a": [], "c": [4]})|_named().padded_batch(2, {"a": [], "b": [4]}, {"b": 7})
_named().padded_batch(2, [4])|_pairs().padded_batch(2, [[4], []])|_pairs().padded_batch(2, ([4],))|_pairs().padded_batch(2, ([4], [], []))
_pairs().padded_batch(2, padding_values=(1,))|_pairs().padded_batch(2, padding_values=-1)|_sized().padded_batch(2, ([4],))
_sized().padded_batch(2, (4,))|_sized().padded_batch(2, 4)|_sized().padded_batch(2, [-1])|_sized().padded_batch(2, tf.constant([4], tf.int64))
_sized().padded_batch(2, [None])|_sized().padded_batch(2, tf.TensorShape([None]))|_sized().padded_batch(2, [1.5])|_sized().padded_batch(2, ["a"])
_words().padded_batch(2)|_words().padded_batch(2, padding_values="<p>")|_words().padded_batch(2, [4], b"<p>")|_words().padded_batch(2, padding_values=0)
D.from_tensor_slices(["a b", "c"]).map(lambda v: tf.strings.split(v)).padded_batch(2, padding_values="<p>")|_sized().padded_batch(3, [2])
D.from_tensor_slices([[1, 2, 3]]).padded_batch(3, [2])|D.from_tensor_slices(_LONG).padded_batch(2, padding_values=-1)
D.from_tensor_slices(_LONG).padded_batch(2, [3], np.int64(-1))|D.from_tensor_slices(_X).padded_batch(2, [3], -1.5)
D.from_tensor_slices(_X).padded_batch(2, padding_values=-1)|_sized().padded_batch(2, padding_values=[1, 2])|_sized().padded_batch(2, [None, 2])
D.from_tensor_slices([[True, False]]).padded_batch(2, [3], True)|D.range(3).padded_batch(2, [2])|_sized().padded_batch(0)|_sized().padded_batch(-1)
_unknown([1], [1, 2]).padded_batch(2)|_unknown([1], [1, 2]).padded_batch(2, [None])|_unknown([1], [[1, 2]]).padded_batch(2, [None])
D.from_generator(lambda: iter([[[1, 2]], [[1], [2]]]), output_signature=tf.TensorSpec([None, None], tf.int32)).padded_batch(2)
D.from_generator(lambda: iter([([1, 2], [1.0]), ([1], [2.0, 3.0])]), (tf.int32, tf.float32), ([None], [None])).padded_batch(2, padding_values=(9, 0.5))
D.range(5).window(2).padded_batch(2)|D.from_tensor_slices(tf.ones((2, 2), tf.bfloat16)).padded_batch(2, [3])|D.range(0).padded_batch(2)
D.from_tensor_slices(tf.ones((2, 2), tf.float16)).padded_batch(2, [3], tf.constant(2, tf.float16))|_sized().padded_batch(2).padded_batch(2)
D.range(1, 4).map(lambda n: tf.fill([n, 2], n)).padded_batch(2, [None, 3])|_sized().repeat(2).padded_batch(4).map(lambda v: v * 2)
D.range(1, 3).map(lambda n: ((tf.range(n), n), {"z": tf.range(n)})).padded_batch(2, (([3], []), {"z": [None]}), (None, {"z": np.int64(5)}))"""
for _text in _PADDED.replace("\n", "|").split("|"):
    case(_text)(lambda text=_text: [(dataset.element_spec, list(dataset)) for dataset in [eval(text, globals())]])


@case
def padded_too_small_of_a_generator():
    """It is not asked before the pass, and the texts come with the first batch."""
    asked = []

    def elements():
        asked.append(1)
        yield [1, 2, 3]

    dataset = D.from_generator(elements, output_signature=tf.TensorSpec([None], tf.int32)).flat_map(D.from_tensors).padded_batch(1, [2])
    before = len(asked)
    try:
        list(dataset)
    except tf.errors.DataLossError as error:
        return before, len(asked), str(error)


@case
def padded_by_python():
    calls = []

    def numbers(n):
        calls.append(int(n))
        return np.arange(n.numpy())

    @_as_it_is
    def several(n):
        result = tf.py_function(numbers, [n], tf.int64)
        result.set_shape([None])
        return result

    dataset = D.range(1, 4).map(several).padded_batch(2)
    before = len(calls)
    return before, list(dataset), calls


@case
def looking_at_the_spec_draws_nothing():
    tf.random.set_seed(1)
    dataset = D.range(2).map(_as_it_is(lambda n: tf.random.uniform([2]) + tf.cast(n, tf.float32)))
    return dataset.element_spec, list(dataset), tf.random.uniform([1])


@case
def padding_counts_nothing():
    count = tf.Variable(0)

    @_as_it_is
    def counted(n):
        count.assign_add(1)
        return n

    return list(D.range(3).map(counted).padded_batch(2)), count


_LOOKED_AT = """D.from_tensor_slices([[1.0, 2.0, 3.0]]).map(lambda x: tf.boolean_mask(x, x > 1))|D.range(3).map(lambda i: tf.one_hot(i, 3)).batch(2)
D.range(4).map(lambda i: tf.gather([10, 20], i % 2))|D.from_tensor_slices(["1", "3"]).map(lambda s: tf.strings.to_number(s))
D.from_tensor_slices(["1,2", "3,4"]).map(lambda s: tf.strings.to_number(tf.strings.split(s, ",")))
D.from_generator(lambda: iter([{"a": [1], "b": 2}]), {"a": tf.int32, "b": tf.int32}, {"a": [None], "b": []})
D.from_tensor_slices([[1.0, 2.0, 3.0], [0.0, 2.0, 0.0]]).map(lambda x: tf.boolean_mask(x, x > 1)).padded_batch(2)
D.from_tensor_slices([[1.0, 2.0, 3.0], [0.0, 2.0, 0.0]]).map(lambda x: tf.boolean_mask(x, x < 2)).padded_batch(2, [2])"""
for _text in _LOOKED_AT.replace("\n", "|").split("|"):
    case(_text)(lambda text=_text: [(dataset.element_spec, list(dataset)) for dataset in [eval(text, globals())]])


@case
def padding_traces_once():
    @tf.function(autograph=False)
    def traced(n):
        print("traced")
        return tf.range(n)

    return list(D.range(3).map(traced).padded_batch(2)), traced.experimental_get_tracing_count()
