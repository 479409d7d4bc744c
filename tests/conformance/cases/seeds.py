# SPDX-License-Identifier: Apache-2.0
# Gradients that begin with numbers of another shape than the target's, and what arrives at a dead unit: nothing times infinity.
LINES = r"""
tf.nn.relu(x)
tf.nn.relu6(x)
tf.nn.leaky_relu(x)
tf.nn.elu(x)
tf.nn.selu(x)
tf.nn.softsign(x)
tf.nn.softplus(x)
tf.sigmoid(x)
tf.tanh(x)
tf.sqrt(x)
tf.math.rsqrt(x)
x[:1]
x[0]
x[::2]
tf.bitcast(x, tf.int32)
tf.bitcast(x, tf.bfloat16)
tf.cast(tf.bitcast(x, tf.int32), tf.float32)
"""
SEEDS = {"three": "tf.ones([3])", "a matrix": "tf.ones([2, 2])", "a row": "tf.ones([1, 2])"}
ACTIVATIONS = ["tf.nn.relu(x)", "tf.nn.relu6(x)", "tf.nn.leaky_relu(x, 0.0)", "tf.nn.elu(x)", "tf.maximum(x, 0.0)", "tf.abs(x)",
               "tf.clip_by_value(x, 0.0, 1.0)", "tf.where(x > 0, x, 0.0)", "tf.reduce_max(x)"]


def way_back(text, seed, values=(2.0, 3.0), dtype="float32"):
    x = tf.constant(values, dtype)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = eval(text, {"tf": tf, "x": x})
    return tape.gradient(y, x, output_gradients=None if seed is None else eval(seed))


for line in LINES.strip().splitlines():
    for name, seed in SEEDS.items():
        case(f"{line} from {name}")(lambda line=line, seed=seed: way_back(line, seed))
    case(f"{line} from ones")(lambda line=line: way_back(line, None))

for line in ACTIVATIONS:
    @case(f"signs and infinities behind {line}")
    def signs(line=line):
        values = (0.0, -1.0, 7.0, 2.0)
        return [str(way_back(text, None, values, dtype)) for text in (f"-{line}", f"1.0 / {line}")
                for dtype in ("float32", "float64")]


@case
def jacobians_of_scalars():
    x = tf.constant(2.0)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = x * x
    return tape.batch_jacobian(y, x)


@case
def folds_over_a_variable():
    v = tf.Variable([1.0, -1.0, 4.0])
    with tf.GradientTape() as tape:
        y = tf.foldl(lambda a, b: a * b, v) + tf.foldr(lambda a, b: a - b, v, 1.0)
    return y, tape.gradient(y, v)


@case
def parts_of_nothing():
    return tf.unstack(tf.ones([2]), 0), tf.unstack(tf.constant(1.0), 0)
