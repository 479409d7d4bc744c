# SPDX-License-Identifier: Apache-2.0
# In which order floats are summed, and what its functions are made of: each value to its last digit.
rng = np.random.RandomState(23)


def numbers(*shape):
    return tf.constant(rng.uniform(-1, 1, shape), tf.float32)


def exact(name, function, *shapes):
    inputs = [numbers(*shape) for shape in shapes]

    @case(name)
    def run():
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            value = function(*inputs)
        # A seed that is no sum of ones.
        seed = tf.reshape(tf.range(tf.size(value, tf.int32), dtype=tf.int32), tf.shape(value))
        seed = tf.cast(tf.math.floormod(seed * 37, 101), tf.float32) / 101.0
        return [value, tape.gradient(value, inputs, output_gradients=seed)]


def products():
    for rows, inner, columns in [(1, 4, 3), (2, 4, 3), (5, 7, 3), (1, 33, 1), (17, 33, 1), (8, 64, 32), (15, 31, 17), (16, 31, 17), (3, 400, 5),
                                 (1, 400, 7), (6, 800, 1), (20, 784, 10), (40, 50, 60)]:
        for a in (False, True):
            for b in (False, True):
                left, right = ((inner, rows) if a else (rows, inner)), ((columns, inner) if b else (inner, columns))
                exact(f"matmul {rows}x{inner}x{columns} {a:d}{b:d}", lambda x, y, a=a, b=b: tf.matmul(x, y, transpose_a=a, transpose_b=b), left, right)
    exact("matmul of batches", tf.matmul, (3, 4, 9), (3, 9, 5))
    exact("einsum", lambda x, y: tf.einsum("bij,bkj->bik", x, y), (3, 4, 9), (3, 5, 9))


def convolutions():
    for pictures, size, channels, kernel, filters, stride, padding in [
            (2, 8, 3, 3, 4, 1, "VALID"), (2, 8, 3, 3, 4, 1, "SAME"), (2, 8, 1, 3, 4, 1, "VALID"), (1, 8, 1, 3, 4, 1, "VALID"), (4, 9, 1, 5, 6, 1, "SAME"),
            (3, 7, 16, 3, 8, 1, "VALID"), (2, 6, 17, 3, 33, 1, "SAME"), (2, 8, 4, 3, 8, 2, "SAME"), (2, 9, 4, 3, 8, 2, "VALID"), (2, 8, 1, 2, 4, 2, "VALID"),
            (2, 30, 16, 3, 2, 1, "VALID"), (2, 29, 16, 3, 2, 1, "SAME"), (2, 6, 3, 1, 4, 1, "VALID"), (2, 14, 8, 5, 16, 2, "SAME"), (4, 10, 2, 4, 3, 1, "VALID")]:
        exact(f"conv2d {pictures}x{size}x{channels} {kernel}x{filters} by {stride} {padding}", lambda x, w, s=stride, p=padding: tf.nn.conv2d(x, w, s, p),
              (pictures, size, size, channels), (kernel, kernel, channels, filters))
    for pictures, size, channels, kernel, filters, stride, padding, dilation in [
            (2, 10, 3, 3, 4, 1, "SAME", 1), (2, 20, 8, 5, 16, 1, "VALID", 1), (1, 20, 4, 3, 8, 1, "SAME", 1), (4, 16, 4, 3, 8, 1, "SAME", 2), (2, 16, 4, 2, 8, 1, "VALID", 4),
            (2, 20, 4, 3, 8, 2, "SAME", 1)]:
        exact(f"conv1d {pictures}x{size}x{channels} {kernel}x{filters} by {stride} {padding} {dilation}",
              lambda x, w, s=stride, p=padding, d=dilation: tf.nn.conv1d(x, w, s, p, dilations=d), (pictures, size, channels), (kernel, channels, filters))
    for pictures, size, channels, kernel, filters, stride, padding in [(1, 5, 2, 3, 3, 1, "SAME"), (2, 5, 1, 2, 4, 1, "VALID"), (2, 6, 3, 3, 4, 2, "SAME"), (1, 6, 16, 3, 8, 1, "VALID")]:
        exact(f"conv3d {pictures}x{size}x{channels} {kernel}x{filters} by {stride} {padding}", lambda x, w, s=stride, p=padding: tf.nn.conv3d(x, w, [1, s, s, s, 1], p),
              (pictures, size, size, size, channels), (kernel, kernel, kernel, channels, filters))
    for pictures, size, channels, kernel, filters, stride, padding in [(2, 5, 2, 3, 3, 1, "SAME"), (2, 7, 8, 3, 4, 2, "SAME"), (2, 7, 8, 2, 2, 2, "VALID"), (2, 4, 16, 4, 8, 2, "SAME"),
                                                                       (1, 5, 3, 3, 2, 1, "VALID")]:
        out = size * stride + (max(kernel - stride, 0) if padding == "VALID" else 0)
        exact(f"conv2d_transpose {pictures}x{size}x{channels} {kernel}x{filters} by {stride} {padding}",
              lambda x, w, n=pictures, o=out, f=filters, s=stride, p=padding: tf.nn.conv2d_transpose(x, w, [n, o, o, f], s, p),
              (pictures, size, size, channels), (kernel, kernel, filters, channels))
    for pictures, size, channels, kernel, times, stride, padding in [(1, 6, 3, 3, 1, 1, "SAME"), (2, 6, 4, 3, 2, 1, "VALID"), (4, 8, 2, 3, 1, 2, "SAME"), (3, 6, 17, 3, 1, 1, "SAME"),
                                                                     (2, 6, 1, 2, 4, 1, "VALID")]:
        exact(f"depthwise_conv2d {pictures}x{size}x{channels} {kernel}x{times} by {stride} {padding}",
              lambda x, w, s=stride, p=padding: tf.nn.depthwise_conv2d(x, w, [1, s, s, 1], p), (pictures, size, size, channels), (kernel, kernel, channels, times))


def layers():
    keras = tf.keras.layers
    for name, layer, shape in [("Dense", lambda: keras.Dense(5), (4, 7)), ("Conv2D", lambda: keras.Conv2D(4, 3, padding="same"), (2, 6, 6, 3)),
                               ("Conv1D", lambda: keras.Conv1D(4, 3, padding="causal"), (2, 9, 3)), ("Conv3D", lambda: keras.Conv3D(2, 2), (2, 4, 4, 4, 2)),
                               ("Conv2DTranspose", lambda: keras.Conv2DTranspose(3, 3, strides=2, padding="same"), (2, 5, 5, 4)),
                               ("SeparableConv2D", lambda: keras.SeparableConv2D(4, 3), (2, 6, 6, 3)), ("DepthwiseConv2D", lambda: keras.DepthwiseConv2D(3), (2, 6, 6, 3))]:
        inputs = numbers(*shape)

        @case(f"layer {name}")
        def run(layer=layer, inputs=inputs):
            tf.keras.utils.set_random_seed(3)
            made = layer()
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(made(inputs) * 0.25)
            return [made(inputs), tape.gradient(loss, made.trainable_variables)]


def maps():
    for count in (3, 8, 13, 70):
        values = tf.constant(rng.normal(0, 4, count), tf.float32)
        case(f"maps of {count}")(lambda x=values: [tf.tanh(x), tf.sigmoid(x), tf.exp(x), tf.math.log(tf.abs(x)), tf.nn.silu(x)])
        case(f"way back through maps of {count}")(lambda x=values: [gradient_of(f, x) for f in (tf.tanh, tf.sigmoid)])
    for count in (2, 9, 10, 17, 20):
        terms = [numbers(30) for _ in range(count)]
        case(f"add_n of {count}")(lambda t=terms: tf.add_n(t))
    case("maps at their ends")(lambda: [f(tf.constant([-np.inf, np.inf, np.nan, -0.0, 0.0, -200.0, 200.0, 1e-30, 88.5, -103.0, 17.0, -87.2])) for f in (tf.tanh, tf.sigmoid, tf.exp)])


def decompositions():
    for rows, columns in [(3, 3), (5, 3), (3, 5), (10, 10), (16, 4), (50, 50)]:
        for dtype in (tf.float32, tf.float64):
            values = tf.cast(numbers(rows, columns), dtype)
            case(f"qr {rows}x{columns} {dtype.name}")(lambda a=values: [tf.linalg.qr(a), tf.linalg.qr(a, full_matrices=True)])
    for shape in [(4, 4), (3, 5), (5, 3), (3, 3, 2, 8)]:
        case(f"Orthogonal {shape}")(lambda s=shape: tf.keras.initializers.Orthogonal(seed=3)(s))


def gradient_of(function, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = function(x)
    return tape.gradient(value, x, output_gradients=x * 0.37)


def recurrent():
    keras = tf.keras.layers
    for name, layer in [("SimpleRNN", keras.SimpleRNN), ("LSTM", keras.LSTM), ("GRU", keras.GRU)]:
        for shape, units in [((1, 2, 4), 3), ((4, 5, 3), 8), ((2, 8, 1), 16)]:
            inputs = numbers(*shape)

            @case(f"layer {name} {units} of {shape}")
            def run(layer=layer, inputs=inputs, units=units):
                tf.keras.utils.set_random_seed(3)
                made = layer(units, return_sequences=True)
                with tf.GradientTape() as tape:
                    loss = tf.reduce_sum(made(inputs) * 0.25)
                return [made(inputs), tape.gradient(loss, made.trainable_variables)]


products()
convolutions()
layers()
maps()
recurrent()
decompositions()
