# SPDX-License-Identifier: Apache-2.0
# Convolutions and poolings: values, first and second gradients.
rng = np.random.RandomState(11)


def numbers(*shape, dtype=tf.float32):
    return tf.constant(rng.uniform(-1, 1, shape), dtype)


def derived(function, *inputs):
    with tf.GradientTape() as outer:
        outer.watch(inputs)
        with tf.GradientTape() as inner:
            inner.watch(inputs)
            value = function(*inputs)
            loss = tf.reduce_sum(value * value)
        first = inner.gradient(loss, list(inputs))
        squares = sum(tf.reduce_sum(g * g) for g in first)
    return [value, first, outer.gradient(squares, list(inputs))]


def smooth(name, function, *inputs):
    case(name)(lambda: derived(function, *inputs))


def once(name, function, *inputs):
    @case(name)
    def run():
        with tf.GradientTape() as tape:
            tape.watch(inputs)
            value = function(*inputs)
            loss = tf.reduce_sum(value * value)
        return [value, tape.gradient(loss, list(inputs))]


x, w = numbers(2, 5, 6, 2), numbers(3, 2, 2, 3)
for strides in (1, 2, [1, 2], [2, 1], [1, 2, 2, 1]):
    for padding in ("SAME", "VALID"):
        smooth(f"conv2d_{strides}_{padding}", lambda x, w, s=strides, p=padding: tf.nn.conv2d(x, w, s, p), x, w)
for dilations in (2, [1, 2]):
    for padding in ("SAME", "VALID"):
        smooth(f"conv2d_dilated_{dilations}_{padding}", lambda x, w, d=dilations, p=padding: tf.nn.conv2d(x, w, 1, p, dilations=d), x, w)
smooth("conv2d_explicit", lambda x, w: tf.nn.conv2d(x, w, 1, [[0, 0], [1, 2], [0, 1], [0, 0]]), x, w)
smooth("conv2d_strided_explicit", lambda x, w: tf.nn.conv2d(x, w, 2, [[0, 0], [1, 1], [1, 1], [0, 0]]), x, w)
smooth("conv2d_float64", lambda x, w: tf.nn.conv2d(x, w, 2, "SAME"), tf.cast(x, tf.float64), tf.cast(w, tf.float64))
smooth("conv2d_groups", lambda x, w: tf.nn.conv2d(x, w, 1, "SAME"), numbers(1, 4, 4, 4), numbers(2, 2, 2, 6))
smooth("conv2d_channels_first", lambda x, w: tf.nn.conv2d(x, w, [1, 1, 2, 1], "SAME", data_format="NCHW"), numbers(1, 2, 4, 5), numbers(3, 2, 2, 3))
case("conv2d_more_batches")(lambda: tf.nn.conv2d(numbers(2, 1, 3, 3, 2), numbers(2, 2, 2, 3), 1, "SAME"))
smooth("conv2d_one_by_one", lambda x, w: tf.nn.conv2d(x, w, 1, "VALID"), x, numbers(1, 1, 2, 4))
smooth("conv1d", lambda x, w: tf.nn.conv1d(x, w, 2, "SAME"), numbers(2, 5, 2), numbers(3, 2, 3))
smooth("conv1d_valid_dilated", lambda x, w: tf.nn.conv1d(x, w, 1, "VALID", dilations=2), numbers(2, 6, 2), numbers(2, 2, 3))
once("conv3d", lambda x, w: tf.nn.conv3d(x, w, [1, 1, 1, 1, 1], "SAME"), numbers(1, 3, 4, 3, 2), numbers(2, 2, 2, 2, 2))
smooth("conv3d_strided", lambda x, w: tf.nn.conv3d(x, w, [1, 2, 1, 2, 1], "VALID"), numbers(1, 4, 3, 4, 1), numbers(2, 2, 2, 1, 2))
smooth("conv2d_transpose", lambda x, w: tf.nn.conv2d_transpose(x, w, [1, 6, 8, 2], 2), numbers(1, 3, 4, 3), numbers(3, 3, 2, 3))
smooth("conv2d_transpose_valid", lambda x, w: tf.nn.conv2d_transpose(x, w, [1, 7, 9, 2], [2, 2], padding="VALID"), numbers(1, 3, 4, 3), numbers(3, 3, 2, 3))
smooth("conv1d_transpose", lambda x, w: tf.nn.conv1d_transpose(x, w, [1, 6, 2], 2), numbers(1, 3, 3), numbers(3, 2, 3))
once("conv3d_transpose", lambda x, w: tf.nn.conv3d_transpose(x, w, [1, 4, 4, 4, 1], 2), numbers(1, 2, 2, 2, 2), numbers(2, 2, 2, 1, 2))
case("conv_transpose")(lambda: tf.nn.conv_transpose(numbers(1, 3, 3), numbers(3, 2, 3), [1, 6, 2], 2))
smooth("depthwise_conv2d", lambda x, w: tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], "SAME"), x, numbers(3, 2, 2, 2))
smooth("depthwise_conv2d_strided", lambda x, w: tf.nn.depthwise_conv2d(x, w, [1, 2, 2, 1], "VALID"), x, numbers(2, 2, 2, 1))
smooth("depthwise_conv2d_explicit", lambda x, w: tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], [[0, 0], [1, 1], [0, 2], [0, 0]]), x, numbers(2, 2, 2, 1))
smooth("depthwise_conv2d_dilated", lambda x, w: tf.nn.depthwise_conv2d(x, w, [1, 1, 1, 1], "SAME", dilations=[2, 2]), x, numbers(2, 2, 2, 1))
smooth("separable_conv2d", lambda x, d, p: tf.nn.separable_conv2d(x, d, p, [1, 1, 1, 1], "SAME"), x, numbers(2, 2, 2, 2), numbers(1, 1, 4, 3))
once("convolution", lambda x, w: tf.nn.convolution(x, w), x, w)
once("convolution_strided", lambda x, w: tf.nn.convolution(x, w, strides=[2, 1], padding="SAME"), x, w)
smooth("convolution_dilated", lambda x, w: tf.nn.convolution(x, w, padding="SAME", dilations=[2, 2]), x, w)
smooth("convolution_of_lines", lambda x, w: tf.nn.convolution(x, w, padding="SAME"), numbers(2, 5, 2), numbers(3, 2, 3))
smooth("atrous_conv2d", lambda x, w: tf.nn.atrous_conv2d(x, w, 2, "SAME"), x, w)

lines, volumes = numbers(2, 5, 2), numbers(1, 3, 4, 4, 2)
for kind in ("max", "avg"):
    pools = [getattr(tf.nn, f"{kind}_pool{n}d") for n in (1, 2, 3)] + [getattr(tf.nn, f"{kind}_pool")]
    for size, strides in ((2, 2), (2, 1), (3, 2)):
        for padding in ("SAME", "VALID"):
            name = f"{kind}_pool_{size}_{strides}_{padding}"
            smooth(f"{name}_1d", lambda x, s=size, t=strides, p=padding, f=pools[0]: f(x, s, t, p), lines)
            smooth(f"{name}_2d", lambda x, s=size, t=strides, p=padding, f=pools[1]: f(x, s, t, p), x)
            smooth(f"{name}_3d", lambda x, s=size, t=strides, p=padding, f=pools[2]: f(x, s, t, p), volumes)
    smooth(f"{kind}_pool_by_rank", lambda x, f=pools[3]: f(x, [2, 1], [1, 2, 1, 1], "SAME"), x)
    smooth(f"{kind}_pool_float64", lambda x, f=pools[1]: f(x, 2, 2, "SAME"), tf.cast(x, tf.float64))
    case(f"{kind}_pool_channels_first")(lambda f=pools[1]: f(numbers(1, 2, 4, 5), 2, 2, "SAME", data_format="NCHW"))
    case(f"nn_pool_{kind}")(lambda kind=kind: tf.nn.pool(x, [2, 2], kind.upper(), strides=[2, 1], padding="SAME"))
    case(f"nn_pool_{kind}_of_lines")(lambda kind=kind: tf.nn.pool(lines, [2], kind.upper()))
once("nn_pool_dilated", lambda x: tf.nn.pool(x, [2, 2], "MAX", dilations=[2, 1]), x)
once("nn_pool_dilated_of_lines", lambda x: tf.nn.pool(x, [2], "AVG", dilations=[2]), lines)
once("max_pool_ties", lambda x: tf.nn.max_pool2d(x, 2, 1, "SAME"), tf.ones([1, 3, 3, 1]))
once("max_pool_explicit", lambda x: tf.nn.max_pool2d(x, 2, 2, [[0, 0], [1, 0], [0, 1], [0, 0]]), x)
case("max_pool_integers")(lambda: tf.nn.max_pool2d(tf.constant([[[[1], [2]], [[3], [4]]]]), 2, 1, "SAME"))
case("max_pool_depthwise")(lambda: tf.nn.max_pool2d(numbers(1, 2, 2, 4), [1, 1, 1, 2], [1, 1, 1, 2], "SAME"))
case("max_pool_with_argmax")(lambda: tf.nn.max_pool_with_argmax(x, 2, 2, "SAME"))
case("max_pool_with_argmax_and_batch")(lambda: tf.nn.max_pool_with_argmax(x, 2, 1, "VALID", include_batch_in_index=True, output_dtype=tf.int32))
once("max_pool_with_argmax_gradient", lambda x: tf.nn.max_pool_with_argmax(x, 2, 1, "SAME").output, x)

once("dilation2d", lambda x, w: tf.nn.dilation2d(x, w, [1, 1, 1, 1], "SAME", "NHWC", [1, 1, 2, 1]), x, numbers(2, 2, 2))
for given in ([1, 0, 0, 1], [1, -1, 1, 1], [2, 1, 1, 1], [1, 1, 1, 2], [0, 0], 0, None, "SAME", [1] * 5, [1.0, 1, 1, 1]):
    case(f"dilation2d_of_strides_{given}")(lambda s=given: tf.nn.dilation2d(x, numbers(2, 2, 2), s, "VALID", "NHWC", [1, 1, 1, 1]))
    case(f"dilation2d_of_rates_{given}")(lambda s=given: tf.nn.dilation2d(x, numbers(2, 2, 2), [1, 1, 1, 1], "VALID", "NHWC", s))
case("dilation2d_of_another_depth")(lambda: tf.nn.dilation2d(x, numbers(2, 2, 3), [1, 1, 1, 1], "SAME", "NHWC", [1, 1, 1, 1]))
case("dilation2d_of_one_picture")(lambda: tf.nn.dilation2d(x[0], numbers(2, 2, 2), [1, 1, 1, 1], "SAME", "NHWC", [1, 1, 1, 1]))
case("dilation2d_too_large")(lambda: tf.nn.dilation2d(x, numbers(9, 9, 2), [1, 1, 1, 1], "VALID", "NHWC", [1, 1, 1, 1]))
case("dilation2d_of_padding")(lambda: tf.nn.dilation2d(x, numbers(2, 2, 2), [1, 1, 1, 1], "FOO", "NHWC", [1, 1, 1, 1]))
case("erosion2d")(lambda: tf.nn.erosion2d(x, numbers(2, 2, 2), [1, 2, 1, 1], "VALID", "NHWC", [1, 1, 1, 1]))


@case
def a_small_network():
    tf.random.set_seed(1)
    w, v, b = tf.Variable(tf.random.normal([3, 3, 1, 4])), tf.Variable(tf.random.normal([16, 2])), tf.Variable(tf.zeros(2))
    pictures = tf.reshape(tf.constant(np.arange(32) / 32.0, tf.float32), [2, 4, 4, 1])
    losses = []
    for _ in range(3):
        with tf.GradientTape() as tape:
            hidden = tf.nn.max_pool2d(tf.nn.relu(tf.nn.conv2d(pictures, w, 1, "SAME")), 2, 2, "VALID")
            logits = tf.nn.bias_add(tf.reshape(hidden, [2, -1]) @ v, b)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits([0, 1], logits))
        for variable, gradient in zip([w, v, b], tape.gradient(loss, [w, v, b])):
            variable.assign_sub(0.1 * gradient)
        losses.append(loss)
    return [losses, w, v, b]
