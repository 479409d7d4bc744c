# SPDX-License-Identifier: Apache-2.0
# Where a path from a variable to the target ends, where it does not, and what is asked of the wrong thing.

X = tf.constant([[1.0, 2.0], [3.0, 4.0]])


def weights():
    return tf.Variable([[1.0, 2.0], [3.0, 4.0]]), tf.Variable([0.0, 0.0])


def loss_of(w, b=0.0):
    return tf.reduce_sum(tf.matmul(X, w) + b)


@case
def forward_before_the_tape():
    w, _ = weights()
    y = tf.matmul(X, w)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(y)
    return tape.gradient(loss, w)


@case
def loss_after_the_tape():
    w, b = weights()
    with tf.GradientTape() as tape:
        pass
    return tape.gradient(loss_of(w, b), w)


@case
def constant_that_nobody_watches():
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(X * X)
    return tape.gradient(loss, X)


@case
def variable_that_is_not_used():
    w, b = weights()
    with tf.GradientTape() as tape:
        loss = loss_of(w)
    return tape.gradient(loss, [w, b])


@case
def name_that_became_a_tensor():
    w, _ = weights()
    for _ in range(2):
        with tf.GradientTape() as tape:
            loss = loss_of(w)
        g = tape.gradient(loss, w)
        print(g)
        w = w - 0.1 * g if g is not None else w
    return w


@case
def name_that_became_an_unread_variable():
    w = tf.Variable([[1.0]])
    w = w.assign_sub([[0.5]])
    found = []
    for use in (lambda: w * 2.0, lambda: 2.0 * w, lambda: tf.matmul([[1.0]], w), lambda: tf.identity(w),
                lambda: w.value() * 1.0):
        with tf.GradientTape() as tape:
            y = use()
        found.append(tape.gradient(y, w))
    with tf.GradientTape() as tape:
        tape.watch(w)
        y = w * 2.0
    return [found, tape.gradient(y, w), type(w).__name__, w]


@case
def list_made_before_the_name_moved():
    w, _ = weights()
    sources = [w]
    w = tf.Variable(w * 2.0)
    with tf.GradientTape() as tape:
        loss = loss_of(w)
    return tape.gradient(loss, sources)


for name, read in {"value": lambda w: w.value(), "read_value": lambda w: w.read_value(),
                   "identity": lambda x: tf.identity(x),
                   "convert": lambda x: tf.convert_to_tensor(x), "times_one": lambda w: w * 1.0}.items():
    @case(f"read_before_the_tape_{name}")
    def read_before_the_tape(read=read):
        w, _ = weights()
        value = read(w)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(value * value)
        return tape.gradient(loss, w)

    @case(f"read_inside_the_tape_{name}")
    def read_inside_the_tape(read=read):
        w, _ = weights()
        with tf.GradientTape() as tape:
            value = read(w)
            loss = tf.reduce_sum(value * value)
        return tape.gradient(loss, [w, value])


THROUGH = {
    "numpy_mean": lambda v: tf.reduce_mean(np.mean(v ** 2)),
    "numpy_method": lambda v: tf.reduce_sum(v.numpy() * 2.0),
    "float": lambda v: tf.constant(float(v[0])) * 2.0,
    "list": lambda v: tf.reduce_sum(tf.constant([float(v[0]), 1.0])),
    "array_of_tensors": lambda v: tf.reduce_sum(np.array([v[0] * 1.0, v[1] * 1.0])),
    "new_variable": lambda v: tf.reduce_sum(tf.Variable(v * 2.0) * 1.0),
    "constant_of_a_tensor": lambda v: tf.reduce_sum(tf.constant(v * 2.0) * 1.0),
    "constant_of_the_variable": lambda v: tf.reduce_sum(tf.constant(v) * 1.0),
    "constant_of_tensors": lambda v: tf.reduce_sum(tf.constant([v[0] * 1.0, v[1] * 1.0])),
    "convert_a_list_of_tensors": lambda v: tf.reduce_sum(tf.convert_to_tensor([v[0] * 1.0, v[1] * 1.0])),
    "cast_to_integer": lambda v: tf.cast(tf.cast(v, tf.int32), tf.float32),
    "cast_to_bool": lambda v: tf.cast(tf.cast(v, tf.bool), tf.float32),
    "cast_to_double": lambda v: tf.cast(v, tf.float64) * 2.0,
    "cast_to_half_and_back": lambda v: tf.cast(tf.cast(v, tf.float16), tf.float32),
    "cast_to_the_same": lambda v: tf.cast(v, tf.float32) * 2.0,
    "round": lambda v: tf.round(v), "floor": lambda v: tf.floor(v), "ceil": lambda v: tf.math.ceil(v),
    "sign": lambda v: tf.sign(v),
    "floor_division": lambda v: v // 2.0,
    "modulo": lambda v: v % 2.0,
    "comparison": lambda v: tf.cast(v > 1.5, tf.float32),
    "argmax": lambda v: tf.cast(tf.argmax(v), tf.float32),
    "stop_gradient": lambda v: tf.stop_gradient(v) * v,
    "stop_gradient_only": lambda v: tf.stop_gradient(v) * 2.0,
    "straight_through": lambda v: v + tf.stop_gradient(tf.round(v) - v),
    "zeros_like": lambda v: tf.zeros_like(v) + 1.0,
    "ones_like_times": lambda v: tf.ones_like(v) * v,
    "shape": lambda v: tf.cast(tf.shape(v), tf.float32),
    "size": lambda v: tf.cast(tf.size(v), tf.float32) * 1.0,
    "index": lambda v: v[0] * 3.0,
    "iteration": lambda v: sum(row * row for row in v),
    "gather_by_a_rounded_value": lambda v: tf.gather(tf.constant([1.0, 2.0, 3.0]), tf.cast(v, tf.int32)),
    "where_condition": lambda v: tf.where(v > 1.5, 1.0, 0.0),
    "where_branches": lambda v: tf.where(v > 1.5, v, -v),
    "python_branch": lambda v: v * 2.0 if v[0] > 0.5 else v * 3.0,
    "dead_relu": lambda v: tf.nn.relu(-tf.abs(v)),
    "times_zero": lambda v: v * 0.0,
    "clip": lambda v: tf.clip_by_value(v, 0.0, 1.0),
}
for name, through in THROUGH.items():
    @case(f"through_{name}")
    def path_through(through=through):
        v = tf.Variable([1.0, 2.0])
        with tf.GradientTape() as tape:
            y = through(v)
        return [y, tape.gradient(y, v)]


@case
def new_variable_inside_is_a_source():
    w, _ = weights()
    with tf.GradientTape() as tape:
        z = tf.Variable(tf.matmul(X, w))
        loss = tf.reduce_sum(z)
    return tape.gradient(loss, [w, z])


@case
def state_blocks_the_way_back():
    v, state = tf.Variable(2.0), tf.Variable(0.0)
    with tf.GradientTape() as tape:
        state.assign_add(v)
        y = state ** 2
    return [y, tape.gradient(y, [v, state])]


@case
def integer_variable():
    v = tf.Variable(3)
    with tf.GradientTape() as tape:
        y = v * v
    return tape.gradient(y, v)


@case
def no_gradient_registered():
    v = tf.Variable(tf.ones((4, 4, 3)))
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.image.adjust_contrast(v, 2.0))
    return tape.gradient(y, v)


@case
def paused():
    v = tf.Variable(2.0)
    with tf.GradientTape() as tape:
        with tape.stop_recording():
            y = v ** 2
    return tape.gradient(y, v)


@case
def reset_between():
    w, b = weights()
    with tf.GradientTape() as tape:
        loss = loss_of(w, b)
        tape.reset()
    return tape.gradient(loss, w)


@case
def asked_the_other_tape():
    w, b = weights()
    with tf.GradientTape():
        loss = loss_of(w, b)
    with tf.GradientTape() as other:
        pass
    return other.gradient(loss, w)


@case
def custom_gradient_that_drops():
    @tf.custom_gradient
    def double(x):
        return x * 2.0, lambda upstream: None
    v = tf.Variable(3.0)
    with tf.GradientTape() as tape:
        y = double(v * 1.0)
    return tape.gradient(y, v)


@case
def value_at_the_time_of_use():
    v = tf.Variable(2.0)
    with tf.GradientTape(persistent=True) as tape:
        y = v * v
        v.assign(10.0)
        z = v * v
    return [tape.gradient(y, v), tape.gradient(z, v), tape.gradient([y, z], v)]


@case
def alias_of_a_variable():
    v = tf.Variable([1.0, 2.0])
    before, copy = v, v.numpy()
    v.assign_sub([0.5, 0.5])
    return [v - before, v.numpy() - copy]


@case
def made_anew_in_each_step():
    found = []
    for _ in range(2):
        w, b = weights()
        with tf.GradientTape() as tape:
            loss = loss_of(w, b)
        gw, gb = tape.gradient(loss, [w, b])
        w.assign_sub(0.1 * gw)
        found.append([w.numpy(), gb])
    return found


@case
def none_in_arithmetic():
    v = tf.Variable(1.0)
    with tf.GradientTape() as tape:
        y = tf.constant(1.0)
    v.assign_sub(0.1 * tape.gradient(y, v))


@case
def gradients_without_a_tape():
    tf.gradients(tf.constant(1.0), tf.constant(1.0))


EDGES = {
    "reduce_max": lambda x: tf.reduce_max(x), "reduce_min": lambda x: tf.reduce_min(x),
    "maximum": lambda x: tf.maximum(x, tf.ones(3)),
    "minimum": lambda x: tf.minimum(x, tf.ones(3)), "clip": lambda x: tf.clip_by_value(x, 0.0, 1.0),
    "relu": lambda x: tf.nn.relu(x),
    "norm_of_zero": lambda x: tf.norm(x * 0.0), "sqrt": lambda x: tf.sqrt(x), "square_by_pow": lambda x: tf.pow(x, 2.0),
    "abs": lambda x: tf.abs(x),
    "where_log": lambda x: tf.where(x > 0.5, x, tf.math.log(x)), "sort": lambda x: tf.sort(x), "modulo": lambda x: x % 2.0,
    "relu6": lambda x: tf.nn.relu6(x * 6.0), "reduce_prod": lambda x: tf.reduce_prod(x),
    "divide_no_nan": lambda x: tf.math.divide_no_nan(x, x),
    "xlogy": lambda x: tf.math.xlogy(x, x), "rsqrt": lambda x: tf.math.rsqrt(x), "zero_to_zero": lambda x: tf.pow(x, x),
    "leaky": lambda x: tf.nn.leaky_relu(x),
    "norm": lambda x: tf.norm(x), "l2_normalize": lambda x: tf.math.l2_normalize(x * 0.0),
    "reciprocal": lambda x: tf.math.reciprocal(x), "acos": lambda x: tf.acos(x),
}
for name, function in EDGES.items():
    @case(f"edge_{name}")
    def at_an_edge(function=function):
        v = tf.Variable([1.0, 1.0, 0.0])
        with tf.GradientTape() as tape:
            y = function(v)
        return [y, tape.gradient(y, v)]
