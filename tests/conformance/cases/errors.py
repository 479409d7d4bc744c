# SPDX-License-Identifier: Apache-2.0
# tf.errors: classes, codes and attributes, made by hand and raised by operations.
NAMES = [name for name in dir(tf.errors) if name.endswith("Error") and name not in ("OpError", "OperatorNotAllowedInGraphError")]


def made(name):
    error = getattr(tf.errors, name)(None, None, "what it says")
    return [type(error).__name__, type(error).__module__, str(error), error.message, error.error_code, error.op,
            error.node_def, isinstance(error, tf.errors.OpError), isinstance(error, Exception)]


for each in NAMES:
    case(each)(lambda each=each: made(each))


@case
def codes():
    return [(name, getattr(tf.errors, name)) for name in sorted(dir(tf.errors)) if name.isupper()]


@case
def of_op_error():
    error = tf.errors.OpError(None, None, "text", 3)
    return [str(error), error.error_code, error.message, error.op, error.node_def]


@case
def caught_by_class():
    try:
        tf.constant([1.0]) + tf.constant([1.0, 2.0, 3.0]) + tf.constant([1.0, 2.0])
    except tf.errors.InvalidArgumentError as error:
        return [type(error).__name__, error.message, error.error_code, error.op, error.node_def, str(error)]


@case
def caught_by_base():
    try:
        tf.reshape(tf.range(6), [4])
    except tf.errors.OpError as error:
        return [type(error).__name__, str(error)]


@case
def raised_again():
    try:
        tf.matmul(tf.ones([2, 3]), tf.ones([2, 3]))
    except Exception as error:
        raise RuntimeError("wrapped: " + type(error).__name__) from error
