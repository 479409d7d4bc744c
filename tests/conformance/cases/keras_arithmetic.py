# SPDX-License-Identifier: Apache-2.0
"""The signs between variables of Keras and what stands beside them: which dtype both become, from either side."""
import operator

import keras

SIGNS = ("add", "sub", "mul", "truediv", "pow", "floordiv", "mod", "matmul", "lt", "ge", "eq", "ne", "and_", "or_", "xor")
NUMBERS = [[1, 2], [3, 4]]
DTYPES = ("float16", "bfloat16", "float32", "float64", "int32", "bool")


def variable(dtype):
    return keras.Variable(NUMBERS, dtype=dtype, name="v")


def beside():
    """What a script has there; numbers of Python's take no part in products of matrices."""
    tensors = {dtype: tf.cast(NUMBERS, dtype) for dtype in ("float16", "float32", "int32")}
    return {**tensors, "own": variable("float16"), "whole": variable("int32"), "array": np.array(NUMBERS, np.float64),
            "list": [[1.5, 2], [3, 4]], "tf": tf.Variable(NUMBERS, dtype=tf.float32), "two": 2, "half": 0.5}


def tried(apply, *operands):
    try:
        answer = apply(*operands)
    except Exception as error:
        return type(error).__name__
    return answer if isinstance(answer, bool) else (str(answer.dtype), np.asarray(answer, np.float64))


def mixed(dtype, sign):
    apply, own, found = getattr(operator, sign), variable(dtype), {}
    for name, other in beside().items():
        if sign == "matmul" and name in ("two", "half") or sign == "mod" and name == "half":
            continue
        found[name] = tried(apply, own, other)
        # The complaints of products are those of kernels, and arrays of numpy come first on their side.
        if name != "array" and not (sign == "matmul" and tf.is_tensor(other)):
            found[f"{name} before"] = tried(apply, other, own)
    return found


for _dtype in DTYPES:
    for _sign in SIGNS:
        def _mixed(dtype=_dtype, sign=_sign):
            return mixed(dtype, sign)

        _mixed.__name__ = f"{_sign}_of_{_dtype}"
        case(_mixed)


@case
def arrays_before_a_variable():
    own = keras.Variable([1.0, 2.0])
    return [(type(x).__name__, str(x.dtype), x) for x in (np.ones(2) + own, np.float16([1, 2]) * own, np.ones(2) - own)]


@case
def variables_as_arrays():
    scalar, vector = keras.Variable(1.5), keras.Variable([1.0, 2.0], dtype="float16")
    return [np.array(scalar), np.asarray(scalar), np.array(scalar, "float64"), keras.ops.convert_to_numpy(scalar),
            keras.ops.convert_to_numpy(vector), float(scalar), np.mean(vector), np.sum([scalar, scalar])]


@case
def one_sided_signs():
    own = keras.Variable([1.26, -2.74])
    return -own, abs(own), round(own), round(own, 1), ~keras.Variable([1, 2], dtype="int32")


@case
def gradients_through_two_dtypes():
    own = keras.Variable([1.0, 2.0])
    with tf.GradientTape() as tape:
        tape.watch(own.value)
        loss = tf.reduce_sum(tf.constant([3.0, 4.0], tf.float16) * own * own)
    return loss, tape.gradient(loss, own.value)
