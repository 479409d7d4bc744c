# SPDX-License-Identifier: Apache-2.0
# Calls at the edge: scalars and vectors where more is meant, nothing at all, places and partitions that do not fit. Each line
# is a case.
LINES = r"""
tf.clip_by_norm(tf.constant([3., 4.]), -1.0)
tf.clip_by_norm(tf.constant([3., 4.]), tf.constant(-1.0))
tf.clip_by_norm(tf.constant([3., 4.]), 0.0)
tf.clip_by_norm(tf.constant([[3., 4.], [1., 2.]]), [2.0, 1.0])
tf.searchsorted([1, 3, 5], tf.constant([[1., 2.], [3., 4.]], tf.float64))
tf.searchsorted([1., 3., 5.], tf.constant([[1., 2.], [3., 4.]]))
tf.searchsorted([[1., 3., 5.], [1., 2., 3.]], tf.constant([[1., 2.], [3., 4.], [3., 4.]]))
tf.searchsorted([1., 3., 5.], 2.0)
tf.searchsorted([1., 3., 5.], [2.0, 3.0], side='right')
tf.nn.depth_to_space(tf.ones([2]), 2)
tf.nn.depth_to_space(tf.ones([2, 2, 2]), 2)
tf.nn.space_to_depth(tf.ones([2, 2]), 2)
tf.nn.space_to_depth(tf.constant(1.0), 2)
tf.concat([tf.constant(1), tf.constant(2)], -1)
tf.concat([tf.constant(1), tf.constant(2)], 0)
tf.concat([tf.constant(1), tf.constant(2)], 1)
tf.gather_nd(tf.zeros([0]), [[1]])
tf.gather_nd(tf.zeros([0, 2]), tf.zeros([0, 1], tf.int32))
tf.reverse(tf.zeros([0]), [-1, 0])
tf.reverse(tf.zeros([]), [0])
tf.reverse(tf.zeros([2]), [-1, 0])
tf.unstack(tf.constant(1.), 2)
tf.unstack(tf.constant(1.))
tf.unstack(tf.constant([1., 2.]), axis=2)
tf.unstack(tf.constant([1., 2.]), 3, axis=2)
tf.unstack(tf.constant([1., 2.]), 3)
tf.pad(tf.ones([2, 3]), [[1, 0]], 'SYMMETRIC')
tf.pad(tf.ones([2, 3]), [[1, 0]])
tf.unravel_index([[1, 2], [3, 4]], [2, -1])
tf.unravel_index([1, 2], [2, -1])
tf.unravel_index([1, 2], [2, 1])
tf.scatter_nd([[1], [-2]], [1., 2.], [0])
tf.dynamic_partition(tf.ones([2, 3]), tf.constant([1, 2, 3], tf.int64), 1)
tf.dynamic_partition(tf.constant(2.0), [0, 1, 0], 2)
tf.dynamic_partition(tf.ones([3, 2]), [0, 1, 0], 2)
tf.dynamic_partition(tf.ones([2]), [0, 0], -1)
tf.roll(tf.ones([3]), [[1]], 0)
tf.roll(tf.ones([3]), 1, [[0]])
tf.roll(tf.ones([3]), 1, -2)
tf.roll(tf.range(6), [1, 2], [0, 0])
tf.meshgrid([True, False], [False, True])
tf.linalg.svd([[float('nan'), 1.], [1., 2.]])
tf.linalg.svd([[float('inf'), 1.], [1., 2.]], compute_uv=False)
tf.linalg.tensor_diag_part(tf.constant(2.))
tf.tensor_scatter_nd_update(tf.ones([2, 2]), [[0, 0, 0]], [1.])
tf.tensor_scatter_nd_update(tf.constant(1.), [[-1]], [1.])
tf.tensor_scatter_nd_update(tf.zeros([0]), [[0]], [1.])
tf.tensor_scatter_nd_add(tf.ones([2, 2]), [[0, 0], [1, 1]], [1.])
tf.one_hot([0, 1], 2.0)
tf.repeat([1, 2], 1.5)
tf.repeat([1, 2], 2, axis='a')
tf.repeat(tf.ones([3]), tf.ones([3, 2], tf.int32), axis=1)
tf.stack([tf.ones(2)], axis='a')
tf.unstack([[1, 2], [3, 4]], axis='a')
tf.histogram_fixed_width([float('nan'), 1.], [0., 1.], nbins=3)
tf.argmin(tf.constant([1., 2.]), 0, output_type=tf.float32)
tf.argmax(tf.constant([1., 2.]), 0, output_type=tf.int16)
tf.argmin(tf.constant([1., 2.]), 0, output_type=tf.int16)
tf.shape(tf.constant([1., 2.]), out_type=tf.int16)
tf.shape(tf.constant([1., 2.]), out_type=tf.int64)
tf.size(tf.constant([1., 2.]), out_type=tf.int16)
tf.linalg.matrix_rank(tf.constant(1.))
tf.linalg.pinv(tf.constant([1.]))
tf.linalg.expm(tf.constant(1.))
tf.foldr(lambda a, t: a - t, tf.zeros([0]))
tf.foldl(lambda a, t: a - t, tf.zeros([0]))
tf.scan(lambda a, t: a - t, tf.zeros([0]))
tf.scan(lambda a, t: a - t, tf.zeros([0]), reverse=True)
tf.math.confusion_matrix(-1, -1)
tf.math.confusion_matrix([-1, -1], [1, 2])
tf.math.confusion_matrix([1], [1], num_classes=-1)
tf.vectorized_map(lambda t: t, tf.constant(1.))
tf.sets.intersection(tf.constant(1), tf.constant(2))
tf.sets.intersection(tf.constant([1]), tf.constant([2]))
tf.sets.intersection(tf.constant([[1]]), tf.constant([[2], [3]]))
tf.repeat(tf.constant(1.), 2, axis=-1)
tf.repeat(tf.constant(1.), 2, axis=0)
tf.repeat(tf.constant(1.), 2, axis=1)
tf.repeat(tf.constant([1.]), 2, axis=1)
tf.ragged.constant([[1], [2, 3]]) + tf.constant([[1, 2, 3], [1, 2, 3]])
tf.ragged.constant([[1], [2, 3]]) + tf.constant([[1, 2, 3]])
tf.ragged.constant([[1], [2, 3]]) + tf.constant([1, 2, 3])
tf.ragged.constant([[1], [2, 3]]) + tf.constant([[1], [2]])
tf.ragged.constant([[1], [2, 3]]) + tf.constant([1])
tf.ragged.constant([[1], [2, 3]]) + tf.constant([[1], [2], [3]])
tf.ragged.constant([[1], [2, 3]]) + tf.constant([[1.], [2]])
tf.RaggedTensor.from_row_lengths([1, 2, 3], [[1, 2]])
tf.RaggedTensor.from_row_lengths([1, 2, 3], [1., 2.])
tf.RaggedTensor.from_row_lengths([1, 2, 3], tf.constant([1, 2], tf.int16))
tf.RaggedTensor.from_row_lengths([1, 2, 3], tf.constant([1, 2], tf.int32))
tf.RaggedTensor.from_row_lengths([1, 2, 3], [1, -1, 3])
tf.RaggedTensor.from_row_lengths([1, 2, 3], [1, 1])
tf.RaggedTensor.from_row_lengths(1, [1, 1])
tf.RaggedTensor.from_row_splits([1, 2, 3], [1, 3])
tf.RaggedTensor.from_row_splits([1, 2, 3], [])
tf.RaggedTensor.from_row_splits([1, 2, 3], [0, 2, 1, 3])
tf.RaggedTensor.from_row_splits([1, 2, 3], [[0, 3]])
tf.RaggedTensor.from_row_splits([1, 2, 3], 0)
tf.RaggedTensor.from_value_rowids([1, 2, 3], [0, 0])
tf.RaggedTensor.from_value_rowids([1, 2, 3], [0, 2, 1])
tf.RaggedTensor.from_value_rowids([1, 2, 3], [[0, 2, 1]])
tf.RaggedTensor.from_value_rowids([1, 2, 3], [0, 0, 2], nrows=2)
tf.RaggedTensor.from_value_rowids([1, 2, 3], [0, 0, 2], nrows=5)
tf.RaggedTensor.from_value_rowids([1, 2, 3], [-1, 0, 2])
tf.RaggedTensor.from_value_rowids([1, 2, 3], [0, 0, 2], nrows=-1)
tf.RaggedTensor.from_row_starts([1, 2, 3], [1, 2])
tf.RaggedTensor.from_row_starts([1, 2, 3], [0, 2, 1])
tf.RaggedTensor.from_row_starts([1, 2, 3], [0, 2])
tf.RaggedTensor.from_row_limits([1, 2, 3], [1, 2])
tf.RaggedTensor.from_row_limits([1, 2, 3], [2, 1, 3])
tf.RaggedTensor.from_uniform_row_length([1, 2, 3], 2)
tf.RaggedTensor.from_uniform_row_length([1, 2, 3, 4], 0)
tf.RaggedTensor.from_uniform_row_length([1, 2, 3, 4], -1)
tf.RaggedTensor.from_uniform_row_length([1, 2, 3, 4], 2, nrows=3)
tf.RaggedTensor.from_tensor([1, 2])
tf.RaggedTensor.from_tensor([[1, 2], [3, 4]], lengths=[1, 2, 3])
tf.RaggedTensor.from_tensor([[1, 2], [3, 4]], lengths=[1, 2], padding=0)
"""

for line in LINES.strip().splitlines():
    case(line)(lambda line=line: eval(line, {"tf": tf, "np": np}))


@case
def norms_below_zero_and_the_way_back():
    x = tf.Variable([3.0, 4.0])
    with tf.GradientTape(persistent=True) as tape:
        some, none = tf.clip_by_norm(x, 2.0), tf.clip_by_norm(x, -2.0)
    return tape.gradient(some, x), tape.gradient(none, x)


PROTOCOL = r"""
tf.constant([1., 2.])
tf.constant(3, tf.int64)
tf.constant([[1, 2, 3]], tf.uint8)
tf.constant(['a', 'bc', ''])
tf.constant('text')
tf.constant([True, False])
tf.constant(1 + 2j)
tf.constant([1.5], tf.bfloat16)
tf.constant([1.5, 2.5], tf.float16)
tf.zeros([0, 300])
tf.Variable([4.0])
"""

for line in PROTOCOL.strip().splitlines():
    @case("as bytes: " + line)
    def there_and_back(line=line):
        value = eval(line)
        data = tf.io.serialize_tensor(value)
        return data, tf.io.parse_tensor(data, value.dtype)


@case
def bytes_that_are_no_tensor():
    return tf.io.parse_tensor(b"nothing of the kind", tf.float32)


@case
def bytes_of_another_dtype():
    return tf.io.parse_tensor(tf.io.serialize_tensor([1.0]), tf.int32)


UPDATES = r"""
scatter_update [1.,2.,3.] [1.,2.,3.] [1]
scatter_update [1.,2.,3.] [1.] [3]
scatter_update [1.,2.,3.] 5. [0,1]
scatter_add [1.,2.,3.] 5. [0,1]
scatter_add [1.,2.,3.] [5.,6.,7.] [0,1]
scatter_add [1.,2.,3.] [5.,6.,7.] 0
scatter_add [[1.,2.],[3.,4.]] [5.,6.] [0]
scatter_update [[1.,2.],[3.,4.]] [[5.]] [0]
scatter_max [[1.,2.],[3.,4.]] [[5.]] [0]
scatter_max [[1.,2.],[3.,4.]] [[5.,6.]] [0,1]
scatter_nd_add [[1.,2.],[3.,4.]] [1.,2.] [[0]]
scatter_nd_add [[1.,2.],[3.,4.]] [1.,2.] [[0,0]]
scatter_nd_update [[1.,2.],[3.,4.]] [1.,2.] [0,0]
scatter_nd_update [[1.,2.],[3.,4.]] [1.] [[0,0,0]]
scatter_nd_update [[1.,2.],[3.,4.]] [[1.,2.],[1.,2.]] [[0],[5]]
scatter_nd_update [[1.,2.],[3.,4.]] [[1.,2.]] [[0],[1]]
scatter_nd_sub [[1.,2.],[3.,4.]] [[1.,2.,3.]] [[0],[1]]
"""


def updated(method, value, updates, indices):
    v = tf.Variable(eval(value))
    if "nd" in method:
        return getattr(v, method)(eval(indices), eval(updates))
    return getattr(v, method)(tf.IndexedSlices(eval(updates), eval(indices)))


for line in UPDATES.strip().splitlines():
    case(line)(lambda line=line: updated(*line.split()))


# ---- what numpy and a script's own objects bring along


class Raising:
    def __init__(self, problem):
        self.problem = problem

    def __array__(self, *arguments, **options):
        raise self.problem


class NoArray:
    def __array__(self, *arguments, **options):
        return [1.0, 2.0]


HOSTS = {
    "truths of any byte": lambda: [tf.constant(np.frombuffer(b"\x05\x00\x01", "bool")), tf.io.decode_raw(tf.constant(b"\x05\x00"), tf.bool)],
    "an array that raises a KeyError": lambda: tf.constant(Raising(KeyError("k"))),
    "an array that raises a ValueError": lambda: tf.constant(Raising(ValueError("v"))),
    "an array that is none": lambda: tf.constant(NoArray()),
    "nothing, but far": lambda: tf.zeros([0, 2**20]),
}

for name, host in HOSTS.items():
    case(name)(host)
