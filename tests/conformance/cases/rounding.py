# SPDX-License-Identifier: Apache-2.0
# Numbers in the steps of a range, and what is largest where some are no numbers; determinants of complex matrices. Each line is a case.


def made():
    nan = float("nan")
    c = tf.complex([[2.0, 1.0], [0.5, 3.0]], [[1.0, 0.0], [-1.0, 0.5]])
    return {"x": tf.constant([-8., -6.2, -1., 0., .1, 2.4, 5.9, 6., 6.5]), "y": tf.reshape(tf.range(-6., 6.), [4, 3]), "c": c,
            "n": [2., nan, 5., 1., nan, 3., 4.], "nan": nan}


LINES = r"""
tf.quantization.fake_quant_with_min_max_args(x)
tf.quantization.fake_quant_with_min_max_args(x, -3, 5, num_bits=4, narrow_range=True)
tf.quantization.fake_quant_with_min_max_args(x, -3., 5., num_bits=16)
tf.quantization.fake_quant_with_min_max_args(x, 1., 5.)
tf.quantization.fake_quant_with_min_max_args(x, -5., -1.)
tf.quantization.fake_quant_with_min_max_args_gradient(tf.ones_like(x), x)
tf.quantization.fake_quant_with_min_max_vars(x, -3., 5.)
tf.quantization.fake_quant_with_min_max_vars(x, 0., 0.)
tf.quantization.fake_quant_with_min_max_vars(x, [1.], 2.)
tf.quantization.fake_quant_with_min_max_vars_gradient(tf.range(9.), x, -3., 5.)
tf.quantization.fake_quant_with_min_max_vars_gradient(tf.range(9.), x, 0., 0.)
tf.quantization.fake_quant_with_min_max_vars_per_channel(y, [-1., -2., -3.], [1., 2., 6.])
tf.quantization.fake_quant_with_min_max_vars_per_channel(y, [-1.], [1.])
tf.quantization.fake_quant_with_min_max_vars_per_channel(tf.zeros([2, 0]), tf.zeros([0]), tf.zeros([0]))
tf.quantization.fake_quant_with_min_max_vars_per_channel_gradient(tf.ones_like(y), y, [-1., -2., -3.], [1., 2., 6.])
tf.math.top_k(n, 2)
tf.math.top_k(n, 3)
tf.math.top_k(n, 5)
tf.math.top_k([[1., nan, 3., -1.], [nan, 1., nan, 3.]], 2)
tf.math.top_k([[1., nan, 3., -1.], [nan, 1., nan, 3.]], 3)
tf.math.top_k([3., 1., 4., 1., 5., 9., 2., 6., 5., 3.], 4, sorted=False)
tf.math.top_k([[5, 6, 8, 1, 4, 7, 0, 3, 2], [2, 3, 6, 1, 8, 0, 7, 5, 4]], 6, sorted=False)
tf.math.top_k([[1., nan, 3., -1.], [nan, 1., nan, 3.]], 3, sorted=False)
tf.linalg.det(c)
tf.linalg.det(tf.cast(c, tf.complex128))
tf.linalg.det(tf.stack([c, tf.transpose(c), tf.zeros_like(c)]))
tf.linalg.slogdet(c)
tf.linalg.slogdet(tf.zeros([2, 2], tf.complex64))
tf.repeat([], [])
tf.repeat([1, 2], [])
tf.meshgrid()
tf.clip_by_norm([1., 2.], None)
tf.size([1, 2], out_type=str)
tf.size([1, 2], out_type=tf.string)
tf.size([1, 2], out_type=tf.float64)
tf.size([[1, 2]], out_type=tf.int8)
"""
for line in LINES.strip().splitlines():
    @case(line)
    def expression(line=line):
        return eval(line, {**globals(), **made()})

for name, function in {
    "args": lambda a, low, high: tf.quantization.fake_quant_with_min_max_args(a * 2.0) + 0.0 * (low + high),
    "vars": lambda a, low, high: tf.quantization.fake_quant_with_min_max_vars(a * 2.0, low, high),
    "channels": lambda a, low, high: tf.quantization.fake_quant_with_min_max_vars_per_channel(a * 2.0, [low, low * 2.0, low], [high, high, 0.5]),
}.items():
    @case(f"gradient_{name}")
    def gradient(function=function):
        a, low, high = tf.Variable([[-3.0, 0.5, 1.0], [2.0, -0.25, 3.5]]), tf.Variable(-1.5), tf.Variable(2.5)
        with tf.GradientTape() as tape:
            y = function(a, low, high)
            y = tf.reduce_sum(y * tf.reshape(tf.range(1.0, 7.0), [2, 3]))
        return y, tape.gradient(y, [a, low, high])


@case("gradient_det")
def gradient_of_det():
    c = tf.Variable(tf.complex([[2.0, 1.0], [0.5, 3.0]], [[1.0, 0.0], [-1.0, 0.5]]))
    with tf.GradientTape(persistent=True) as tape:
        y = tf.linalg.det(c)
        z = tf.linalg.slogdet(c)[1]
    return tape.gradient(y, c), tape.gradient(z, c)
