# SPDX-License-Identifier: Apache-2.0
# What a tf.function says of dtypes and shapes that do not fit: TensorFlow finds them while it traces, before a kernel runs.


def said(function, *arguments):
    """What it says, without the lines that name a file, which is there on one side only."""
    try:
        return function(*arguments)
    except Exception as problem:
        return type(problem).__name__, str(problem)


@tf.function(autograph=False)
def product(x, y):
    return tf.matmul(x, y)


@tf.function(autograph=False)
def operator(x, y):
    return x @ y


@tf.function(autograph=False)
def total(x, y):
    return x + y


@tf.function(autograph=False)
def difference_of_squares(x, y):
    z = x * x
    return z - y


@tf.function(autograph=False)
def raised(x):
    return tf.exp(x)


@tf.function(autograph=False)
def half_more(x):
    return x + 0.5


@tf.function(autograph=False)
def reshaped(x):
    return tf.reshape(x, [5])


@tf.function(autograph=False)
def halved(x):
    return tf.reshape(x, [2, -1])


@tf.function(autograph=False)
def outer_of_total(x, y):
    return total(x, y)


@tf.function(autograph=False)
def negated(x):
    return -tf.abs(x)


@tf.function(autograph=False, input_signature=[tf.TensorSpec([None], tf.float32), tf.TensorSpec([None], tf.float32)])
def open_shapes(x, y):
    return x + y


V = tf.Variable([1.0, 2.0])


@tf.function(autograph=False)
def with_a_variable(x):
    return V * x


class Layer(tf.Module):
    def __init__(self):
        self.w = tf.Variable(tf.ones([3, 2]))

    @tf.function(autograph=False)
    def __call__(self, x):
        return x @ self.w


PAIRS = {
    "inner": (tf.ones([2, 3]), tf.ones([1, 3])), "same": (tf.ones([2, 3]), tf.ones([2, 3])),
    "vectors": (tf.ones([2]), tf.ones([3])), "broadcast": (tf.ones([2, 3]), tf.ones([2, 2])),
    "dtypes": (tf.ones([2, 2]), tf.ones([2, 2], tf.float64)), "integers": (tf.ones([2, 2]), tf.ones([2, 2], tf.int32)),
    "fits": (tf.ones([2, 2]), tf.ones([2, 2])),
}
FUNCTIONS = {"product": product, "operator": operator, "total": total}

for name, function in FUNCTIONS.items():
    for word, pair in PAIRS.items():
        if word != "vectors" or name == "total":
            case(f"{name} of {word}")(lambda function=function, pair=pair: said(function, *pair))


@case
def functions_of_one():
    return [said(raised, tf.constant(1)), said(half_more, tf.constant([1, 2])), said(reshaped, tf.ones([2, 3])),
            said(halved, tf.ones([3])), said(negated, tf.constant([True])), said(with_a_variable, tf.ones([3]))]


@case
def open_shapes_that_fit():
    return said(open_shapes, tf.ones([2]), tf.ones([2]))


@case
def one_inside_of_another():
    return said(outer_of_total, tf.ones([2]), tf.constant([1, 2]))


@case
def of_a_module():
    return said(Layer(), tf.ones([2, 2]))


@case
def again_with_what_fits():
    return said(total, tf.ones([2]), tf.ones([3])), said(total, tf.ones([2]), tf.ones([2]))


# What is computed, named by keyword, compared or turned.
FORMS = {
    "turned": (lambda x, y: tf.matmul(x, y, transpose_a=True), tf.ones([2, 3]), tf.ones([3, 2])),
    "turned behind": (lambda x, y: tf.matmul(x, y, transpose_b=True), tf.ones([2, 3]), tf.ones([3, 2])),
    "by keyword": (lambda x, y: tf.matmul(a=x, b=y), tf.ones([2, 3]), tf.ones([2, 2])),
    "named": (lambda x, y: tf.add(x, y, name="sum"), tf.ones([2]), tf.ones([3])),
    "compared": (lambda x, y: x < y, tf.ones([2]), tf.ones([3])),
    "of a call": (lambda x, y: tf.exp(x) + y, tf.ones([2]), tf.ones([3])),
    "of a reduction": (lambda x, y: tf.reduce_sum(x, 0) + y, tf.ones([2, 2]), tf.ones([3])),
    "of an operator": (lambda x, y: (x * x) + y, tf.ones([2]), tf.ones([3])),
}

for name, (form, *arguments) in FORMS.items():
    case(name)(lambda form=form, arguments=arguments: said(tf.function(form, autograph=False), *arguments))


# What only a run can know stays what the kernel says: a script that catches it goes on.
KEPT = {
    "no inverse": (lambda x: tf.linalg.inv(x), tf.zeros([2, 2])),
    "no solution": (lambda x: tf.linalg.solve(x, x), tf.zeros([2, 2])),
    "a place that is none": (lambda x, i: tf.slice(x, [i], [2]), tf.ones([2]), tf.constant(5)),
    "as many as are true": (lambda x, y: tf.boolean_mask(x, x > 0) + y, tf.ones([2]), tf.ones([3])),
    "as many as a number says": (lambda x, n: tf.cast(tf.range(n), tf.float32) + x, tf.ones([2]), tf.constant(5)),
}


def caught(function, *arguments):
    try:
        return function(*arguments)
    except tf.errors.InvalidArgumentError:
        return "caught"


for name, (form, *arguments) in KEPT.items():
    case(name)(lambda form=form, arguments=arguments: caught(tf.function(form, autograph=False), *arguments))
