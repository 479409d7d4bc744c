# SPDX-License-Identifier: Apache-2.0
# Functions of each number, and their ways back, to the last bit: TensorFlow's kernels have polynomials of their own, in packets of 32 bytes,
# and take what is left over one by one. Numbers that are too small for a normal one count as 0 there.
_ONE = """abs acos acosh asin asinh atan atanh cos cosh erf erfc erfinv exp expm1 log log1p log_sigmoid ndtri reciprocal rsqrt sigmoid sin sinh
softplus sqrt square tan tanh lgamma""".split()
_UNITS = "elu gelu leaky_relu relu relu6 selu softsign".split()
_TWO = "atan2 divide divide_no_nan floordiv mod multiply multiply_no_nan pow squared_difference subtract xdivy xlog1py xlogy".split()
_EDGES = [0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, 0.5, -0.5, 2.0, 1e-40, -1e-40, 1e-30, 1e-7, -1e-7, 3.0, -9.5, 17.0, -17.0, 88.0, -88.0,
          -103.0, 104.0, 1e5, -1e6, 1e20, -1e30, 3e38, 0.70710677, 1.5707964, -3.1415927, 0.99999994, 700.0, -745.2, 1e-300, 1e300]


def _numbers(dtype, count, seed):
    random = np.random.RandomState(seed)
    return tf.constant(random.randn(count) * random.choice([1e-3, 0.03, 0.3, 1, 1, 3, 10, 50], count), dtype)


def _edges(dtype):
    return tf.constant(np.array(_EDGES).clip(-3e38, 3e38) if dtype == "float32" else _EDGES, dtype)


def _both_ways(function, *operands):
    with tf.GradientTape() as tape:
        tape.watch(operands)
        y = function(*operands)
    return y, tape.gradient(y, operands, tf.reshape(_numbers(y.dtype, y.shape.num_elements(), 5), y.shape))


for _dtype in ("float32", "float64"):
    for _name in _ONE + _UNITS:
        @case(f"{_name} {_dtype}")
        def _(function=getattr(tf.math if _name in _ONE else tf.nn, _name), dtype=_dtype):
            return [_both_ways(function, _numbers(dtype, 67, 1)), _both_ways(function, _numbers(dtype, 64, 2) / 60),
                    _both_ways(function, tf.abs(_numbers(dtype, 5, 3))), function(_edges(dtype))]
    for _name in _TWO:
        @case(f"{_name} {_dtype}")
        def _(function=getattr(tf.math, _name), dtype=_dtype):
            x, y = _numbers(dtype, 67, 1), _numbers(dtype, 67, 2)
            return [_both_ways(function, x, y), _both_ways(function, tf.abs(x), y), _both_ways(function, tf.abs(x)[:9], tf.abs(y)[:9] / 9),
                    function(_edges(dtype), 1.5), function(2.0, _edges(dtype)), function(_edges(dtype), -3.0), function(x, tf.constant(0.0, dtype)),
                    function(tf.reshape(tf.abs(x)[:60], [5, 12]), y[:12]), function(tf.reshape(tf.abs(x)[:60], [20, 3]), y[:20, None])]
    case(f"gelu by tanh {_dtype}")(lambda dtype=_dtype: _both_ways(lambda x: tf.nn.gelu(x, approximate=True), _numbers(dtype, 67, 1)))
    case(f"swish {_dtype}")(lambda dtype=_dtype: [
        _both_ways(function, x) for x in (_numbers(dtype, 67, 1), _edges(dtype), -tf.abs(_numbers(dtype, 21, 3)) * 40)
        for function in (tf.nn.silu, lambda x: tf.nn.swish(x, 1.5), tf.keras.activations.silu)])
    case(f"swish of a beta {_dtype}")(lambda dtype=_dtype: [
        _both_ways(tf.nn.silu, _numbers(dtype, 67, 1), tf.constant(0.7, dtype)),
        _both_ways(lambda x: _both_ways(tf.nn.silu, x)[1][0], _numbers(dtype, 67, 1)),
        _both_ways(lambda x: tf.nn.silu(x, tf.constant([0.5, 1.5, -1.0], dtype)), _numbers(dtype, 3, 1))])
    case(f"powers of one {_dtype}")(lambda dtype=_dtype: [_both_ways(lambda x, p=p: tf.abs(x) ** p, _numbers(dtype, 67, 1)) for p in (2, 3, 0.5, -1.5, -2)])


# Rows of logits: softmax of float32 in the order of oneDNN's lanes, all others in that of Eigen's packets.
for _dtype in ("float32", "float64"):
    for _rows, _columns in [(1, 1), (2, 3), (3, 5), (32, 10), (5, 17), (9, 31), (4, 64), (3, 65), (2, 100), (3, 130), (20, 7)]:
        @case(f"softmax of [{_rows}, {_columns}] {_dtype}")
        def _(rows=_rows, columns=_columns, dtype=_dtype):
            x = tf.reshape(_numbers(dtype, rows * columns, 1) / 3, [rows, columns])
            labels = tf.reshape(tf.abs(_numbers(dtype, rows * columns, 2)) + 0.1, [rows, columns]) / 8
            right = tf.constant(np.random.RandomState(4).randint(0, columns, rows))
            return [_both_ways(tf.nn.softmax, x), _both_ways(tf.nn.log_softmax, x), _both_ways(lambda a: tf.reduce_logsumexp(a, -1), x),
                    _both_ways(lambda a, b: tf.nn.softmax_cross_entropy_with_logits(labels=b, logits=a), x, labels),
                    _both_ways(lambda a: tf.nn.sparse_softmax_cross_entropy_with_logits(labels=right, logits=a), x)]
case("softmax of what is no number")(lambda: [tf.nn.softmax([row]) for row in (
    [np.inf, 1.0, 2.0], [-np.inf, 1.0], [np.nan, 1.0, 2.0], [1.0, np.nan, 2.0], [1.0, 2.0, np.nan], [-np.inf, -np.inf], [np.inf, np.inf, 0.0], [3e38, -3e38])])


# Where numbers are none, what is largest depends on the lanes, and on which of them a row has reached.
for _columns in (1, 7, 15, 16, 17, 31, 32, 33, 47, 48, 49, 63, 64, 65, 80, 130):
    @case(f"softmax of {_columns} with one that is no number")
    def _(columns=_columns):
        places = sorted({place for place in (0, 1, 5, 15, 16, 20, 31, 32, 40, 48, 55, 63, 64, columns - 1) if place < columns})
        rows = np.tile(_numbers("float32", columns, 3).numpy(), [len(places), 1])
        rows[range(len(places)), places] = np.nan
        return tf.nn.softmax(rows), tf.nn.softmax(np.where(rows != rows, np.float32(-np.inf), rows)), tf.nn.log_softmax(rows)


# Gradients that meet are added up in the order in which TensorFlow goes back, eight at a time where they are many.
def _met(function, dtype):
    x = tf.Variable(_numbers(dtype, 19, 1))
    with tf.GradientTape() as tape:
        y = function(x)
    return tape.gradient(y, x)


def _unrolled(x, steps):
    state = x
    for step in range(steps):
        state = tf.tanh(state * x + x / (step + 1.5))
    return state


for _dtype in ("float32", "float64"):
    for _count in (3, 4, 9, 10, 12, 17, 18, 26):
        case(f"{_count} uses {_dtype}")(lambda count=_count, dtype=_dtype: _met(lambda x: tf.add_n([tf.sin(x * (0.7 * i)) for i in range(count)]) * x, dtype))
        case(f"{_count} steps {_dtype}")(lambda count=_count, dtype=_dtype: _met(lambda x: _unrolled(x, count), dtype))
    case(f"sigmoid cross entropy {_dtype}")(lambda dtype=_dtype: _met(
        lambda x: tf.nn.sigmoid_cross_entropy_with_logits(labels=tf.abs(_numbers(dtype, 19, 2)) / 200, logits=x), dtype))


# Means of windows: oneDNN's in float32, where a row's gradients meet from its end.
for _dtype in ("float32", "float64"):
    for _shape in ((2, 5, 6, 3), (2, 8, 8, 16), (1, 7, 7, 5)):
        case(f"means of windows of {_shape} {_dtype}")(lambda shape=_shape, dtype=_dtype: [
            _both_ways(lambda a, w=w: tf.nn.avg_pool2d(a, *w), tf.reshape(_numbers(dtype, int(np.prod(shape)), 1), shape))
            for w in ((2, 2, "SAME"), (3, 1, "VALID"), (3, 2, "SAME"), ([3, 2], 1, "SAME"), (5, 1, "VALID"))])
for _shape in ((1, 4, 5, 6, 2), (2, 3, 7, 4, 3)):
    case(f"means of windows of {_shape}")(lambda shape=_shape: [
        _both_ways(lambda a, w=w: tf.nn.avg_pool3d(a, *w), tf.reshape(_numbers("float32", int(np.prod(shape)), 1), shape))
        for w in ((2, 2, "SAME"), (3, 1, "VALID"), (3, 2, "SAME"), ([3, 2, 1], 1, "SAME"), (2, 1, "SAME"), (3, 1, "SAME"), ([4, 3, 2], [2, 1, 1], "SAME"))])


# Numbers too small for a normal one, in whole packets and left over.
for _dtype in ("float32", "float64"):
    @case(f"logarithms of numbers that count as 0 {_dtype}")
    def _(dtype=_dtype):
        tiny = 1e-40 if dtype == "float32" else 1e-310
        values = [tf.constant([tiny, -tiny, 0.0, -0.0, 1.0, tiny, 2.0, -tiny, 3.0, tiny, -tiny][:count], dtype) for count in range(1, 12)]
        return [[tf.math.log(x), tf.math.log1p(x), tf.math.xlogy(tf.ones_like(x), x), tf.math.softplus(x)] for x in values]
