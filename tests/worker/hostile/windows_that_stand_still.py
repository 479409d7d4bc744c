# SPDX-License-Identifier: Apache-2.0
# Windows that do not move, lie in nothing, or have too few steps to say where they go.
# expect-outcome: error
# expect-text: Stride must be > 0, but got 0
# expect-printed: end
# arguments: --preload tensorflow,numpy --cpu 20
import tensorflow as tf
x, k = tf.ones((1, 5, 5, 2)), tf.ones((2, 2, 2, 2))
odd = [0, -1, 2**31 - 1, -2**63, 2**70, [0, 0], [1, 0, 0, 1], [1, 2**31 - 1, 2**31 - 1, 1], "x", None, [], 1.5]
uses = [lambda a, b: tf.nn.conv2d(x, k, a, "VALID", dilations=b), lambda a, b: tf.nn.max_pool2d(x, a, b, "SAME"),
        lambda a, b: tf.nn.avg_pool2d(x, a, b, "VALID"), lambda a, b: tf.nn.depthwise_conv2d(x, k, a, "SAME", dilations=b),
        lambda a, b: tf.nn.conv2d_transpose(x, k, a, b), lambda a, b: tf.space_to_batch(x, a, b), lambda a, b: tf.space_to_depth(x, a),
        lambda a, b: tf.nn.max_pool_with_argmax(x, a, b, "SAME"), lambda a, b: tf.keras.layers.Conv2D(1, 2, a, dilation_rate=b)(x),
        lambda a, b: tf.nn.dilation2d(x, k[..., 0], a, "VALID", "NHWC", [1, 1, 1, 1]),
        lambda a, b: tf.nn.erosion2d(x, k[..., 0], [1, 1, 1, 1], "SAME", "NHWC", a)]
for use in uses:
    for a in odd:
        for b in odd:
            try:
                use(a, b)
            except Exception:
                pass
print("end")
tf.nn.dilation2d(x, k[..., 0], [1, 0, 1, 1], "VALID", "NHWC", [1, 1, 1, 1])
