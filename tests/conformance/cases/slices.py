# SPDX-License-Identifier: Apache-2.0
# Gradients that are tf.IndexedSlices: where they come from, what becomes of them, and what they can do.


def start():
    return tf.Variable([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


def slices():
    v = start()
    with tf.GradientTape() as tape:
        y = tf.gather(v, [1, 0, 1])
    return tape.gradient(y, v)


OF_A_TENSOR = {
    "gather": lambda x: tf.gather(x, [1, 0, 1]), "gather_twice": lambda x: tf.gather(tf.gather(x, [1, 0, 1]), [2, 2]),
    "gather_matrix": lambda x: tf.gather(x, [[1, 0], [1, 1]]), "gather_axis_1": lambda x: tf.gather(x, [0, 0], axis=1),
    "gather_batches": lambda x: tf.gather(x, [[0, 0], [2, 1]], batch_dims=1), "gather_scalar": lambda x: tf.gather(x, 1),
    "gather_int64": lambda x: tf.gather(x, tf.constant([1, 0], tf.int64)), "gather_nd_rows": lambda x: tf.gather_nd(x, [[1], [0]]),
    "gather_nd_elements": lambda x: tf.gather_nd(x, [[1, 0], [1, 0]]), "gather_nd_batches": lambda x: tf.gather_nd(x, [[1], [0]], batch_dims=1),
    "embedding": lambda x: tf.nn.embedding_lookup(x, [[0, 1], [1, 1]]), "embedding_norm": lambda x: tf.nn.embedding_lookup(x, [0, 1, 0], max_norm=2.0),
    "identity": lambda x: tf.gather(tf.identity(x), [1, 1]), "negative": lambda x: tf.gather(-x, [0]), "sum": lambda x: tf.gather(x + 1.0, [0]),
    "sum_of_equals": lambda x: tf.gather(x + tf.ones([2, 3]), [0]), "difference": lambda x: tf.gather(tf.ones([2, 3]) - x, [0]),
    "product": lambda x: tf.gather(x * 2.0, [0]), "reshaped": lambda x: tf.gather(tf.reshape(x, [3, 2]), [2]),
    "transposed": lambda x: tf.gather(tf.transpose(x), [2]), "tiled": lambda x: tf.gather(tf.tile(x, [2, 1]), [3]),
    "stacked": lambda x: tf.gather(tf.stack([x, x]), [1]), "cast": lambda x: tf.gather(tf.cast(x, tf.float64), [1]),
    "two_gathers": lambda x: tf.reduce_sum(tf.gather(x, [0, 1])) + tf.reduce_sum(tf.gather(x, [1])),
    "two_index_dtypes": lambda x: tf.reduce_sum(tf.gather(x, [0, 1])) + tf.reduce_sum(tf.gather(x, tf.constant([1], tf.int64))),
    "beside_a_tensor": lambda x: tf.reduce_sum(tf.gather(x, [0, 1])) + tf.reduce_sum(x * 3.0),
    "masked": lambda x: tf.boolean_mask(x, [True, False]), "brackets": lambda x: x[1], "times_itself": lambda x: tf.gather(x, [0, 0]) * x,
    "scattered": lambda x: tf.scatter_nd([[1], [1]], x, [3, 3]), "read_first": lambda x: tf.gather(tf.convert_to_tensor(x), [1]),
    "loss": lambda x: tf.reduce_mean(tf.square(tf.gather(x, [1, 1, 0]))),
}
for name, function in OF_A_TENSOR.items():
    @case(f"variable_{name}")
    def of_variable(function=function):
        v = start()
        with tf.GradientTape() as tape:
            y = function(v)
        return tape.gradient(y, v)

    @case(f"tensor_{name}")
    def of_tensor(function=function):
        x = start().value()
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = function(x)
        return tape.gradient(y, x)

USES = {
    "str": str, "times": lambda g: g * 2, "times_from_left": lambda g: 0.1 * g, "plus": lambda g: g + 1, "plus_itself": lambda g: g + g,
    "negative": lambda g: -g, "divided": lambda g: g / 2.0, "converted": tf.convert_to_tensor, "numpy": lambda g: g.numpy(),
    "index": lambda g: g[0], "len": len, "bool": bool, "float": float, "equal": lambda g: g == g, "shape": lambda g: g.shape,
    "dtype": lambda g: g.dtype, "name": lambda g: g.name, "device": lambda g: g.device, "reduce_sum": tf.reduce_sum, "norm": lambda g: tf.norm(g),
    "clip_by_norm": lambda g: tf.clip_by_norm(g, 1.0), "clip_by_value": lambda g: tf.clip_by_value(g, 0.0, 0.5),
    "clip_by_global_norm": lambda g: tf.clip_by_global_norm([g], 1.0), "clip_beside_a_tensor": lambda g: tf.clip_by_global_norm([g, tf.ones([2, 3])], 1.0),
    "global_norm": lambda g: tf.linalg.global_norm([g, tf.ones(2)]), "scalar_mul": lambda g: tf.math.scalar_mul(2.0, g), "identity": tf.identity,
    "cast": lambda g: tf.cast(g, tf.float64), "add_n": lambda g: tf.add_n([g, g]), "multiply": lambda g: tf.multiply(g, 2.0),
    "tensor_times": lambda g: tf.ones([2, 3]) * g, "tensor_minus": lambda g: tf.ones([2, 3]) - g, "is_tensor": tf.is_tensor,
    "tf_shape": tf.shape, "flattened": tf.nest.flatten, "mapped": lambda g: tf.nest.map_structure(lambda one: one, [g]),
    "assign": lambda g: start().assign(g).numpy(), "assign_sub": lambda g: start().assign_sub(g).numpy(),
    "scatter_sub": lambda g: start().scatter_sub(g).numpy(), "scatter_add": lambda g: start().scatter_add(g).numpy(),
    "scatter_update": lambda g: start().scatter_update(g).numpy(),
}
for name, function in USES.items():
    @case(f"use_{name}")
    def use(function=function):
        return function(slices())

MADE = {
    "without_shape": lambda: str(tf.IndexedSlices(tf.ones([2, 3]), tf.constant([0, 1]))),
    "without_shape_converted": lambda: tf.convert_to_tensor(tf.IndexedSlices(tf.ones([2, 3]), tf.constant([0, 1]))),
    "converted": lambda: tf.convert_to_tensor(tf.IndexedSlices(tf.ones([2, 3]), tf.constant([1, 1]), tf.constant([3, 3]))),
    "shape": lambda: tf.IndexedSlices(tf.ones([2, 3]), tf.constant([1, 1]), tf.constant([3, 3])).shape,
}
for name, function in MADE.items():
    case(f"made_{name}")(function)

for momentum, nesterov in ((0.0, False), (0.9, False), (0.9, True)):
    @case(f"sgd_{momentum}_{nesterov}")
    def sgd(momentum=momentum, nesterov=nesterov):
        w = tf.Variable(tf.ones([3, 2]))
        optimizer = tf.keras.optimizers.SGD(0.1, momentum=momentum, nesterov=nesterov)
        g = tf.IndexedSlices(tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([2, 2]), tf.constant([3, 2]))
        for _ in range(2):
            optimizer.apply_gradients([(g, w)])
        return w.numpy()


@case
def second_order():
    v = start()
    with tf.GradientTape() as outer:
        with tf.GradientTape() as tape:
            y = tf.reduce_sum(tf.gather(v, [0, 0]) ** 3)
        g = tape.gradient(y, v)
        total = tf.reduce_sum(tf.square(tf.convert_to_tensor(g)))
    return g, outer.gradient(total, v)


@case
def seeds():
    v = start()
    with tf.GradientTape() as tape:
        y = tf.gather(v, [0, 1])
    return tape.gradient(y, v, output_gradients=tf.fill([2, 3], 3.0))
