# SPDX-License-Identifier: Apache-2.0
"""Cases from the lines of EXPRESSIONS. This text stands behind a file of cases that has such lines: each is evaluated with
the operands below, and differentiated twice with respect to those of them that it names."""
OPERANDS = {
    "x": [[0.5, -1.25, 2.0], [1.5, 0.75, -0.5]], "y": [[1.0, -0.5], [0.25, 2.0], [-1.5, 0.5]],
    "v": [0.5, -1.0, 2.0, 0.25, -0.75, 1.5],
    "b": [[[0.5, 1.5], [-1.0, 0.25], [2.0, -0.5]], [[1.0, -2.0], [0.75, 1.25], [-0.25, 0.5]]], "s": 1.5,
    "m": [[2.0, 0.5, -0.25], [0.5, 1.5, 0.75], [-1.0, 0.25, 3.0]],
}
OTHERS = {"i": [0, 2, 1], "c": [[True, False, True], [False, True, True]], "z": [[1 + 2j, 0.5 - 1j], [-1.5j, 2 + 0.25j]]}


def weighted(value, start):
    weights = np.linspace(0.5, 1.5, int(np.prod(value.shape))) + start
    return tf.reduce_sum(value * tf.reshape(tf.constant(weights, value.dtype), value.shape))


def total(values):
    """One number that depends on all floating elements, each with its own weight; None where there are none."""
    floats = [value for value in tf.nest.flatten(values) if tf.is_tensor(value) and value.dtype.is_floating]
    return sum(tf.cast(weighted(value, place), tf.float64) for place, value in enumerate(floats)) if floats else None


def evaluated(text):
    """What the expression is, and its gradients of two orders."""
    given = {name: tf.constant(value) for name, value in OPERANDS.items()}
    others = {name: tf.constant(value) for name, value in OTHERS.items()}
    used = [given[name] for name in given if re.search(rf"\b{name}\b", text)]
    with tf.GradientTape() as outer:
        outer.watch(used)
        with tf.GradientTape() as inner:
            inner.watch(used)
            result = eval(text, {"tf": tf, "np": np, **given, **others})
            loss = total(result) if tf.nest.flatten(result) else None
        first = inner.gradient(loss, used) if used and loss is not None else None
        slope = total([each for each in first if each is not None]) if first else None
    return [result, first, outer.gradient(slope, used) if slope is not None else None]


for line in EXPRESSIONS.strip().splitlines():
    case(line)(lambda line=line: evaluated(line))
