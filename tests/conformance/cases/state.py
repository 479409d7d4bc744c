# SPDX-License-Identifier: Apache-2.0
# Variables: assigning, what they refuse, how they print; and what tensors refuse.


@case
def minus_is():
    w = tf.Variable(1.0)
    w -= 1.0


@case
def plus_is():
    w = tf.Variable(1.0)
    w += 1.0


@case
def times_is():
    w = tf.Variable(1.0)
    w *= 2.0


@case
def tensor_minus_is_binds_the_name():
    x = y = tf.constant(3.0)
    x -= 1.0
    return [x, y]


SHAPES = {"shorter": [1.0], "longer": [1.0, 2.0, 3.0], "scalar": 1.0, "matrix": [[1.0, 2.0]], "none": None, "text": "a",
          "integers": [1, 2],
          "array": np.array([1.0, 2.0]), "doubles": tf.constant([1.0, 2.0], tf.float64), "bools": [True, False], "empty": []}
for method in ("assign", "assign_add", "assign_sub"):
    for name, value in SHAPES.items():
        @case(f"{method}_{name}")
        def assign_something(method=method, value=value):
            v = tf.Variable([1.0, 2.0], name="weight")
            result = getattr(v, method)(value)
            return [v, result, type(result).__name__]


@case
def assign_without_reading_back():
    v = tf.Variable([1.0, 2.0])
    return [v.assign([3.0, 4.0], read_value=False), v.assign_add([1.0, 1.0], read_value=False), v]


@case
def results_of_assigning_show_the_new_value():
    v = tf.Variable(1.0, name="w")
    a = v.assign(2.0)
    b = a.assign_add(1.0)
    return [a, b, v, a is v, a.name]


@case
def tensor_has_no_assign():
    tf.constant(1.0).assign(2.0)


@case
def tensor_item():
    x = tf.constant([1.0, 2.0])
    x[0] = 3.0


@case
def variable_item():
    x = tf.Variable([1.0, 2.0])
    x[0] = 3.0


@case
def variable_slices_assign():
    x = tf.Variable([1.0, 2.0, 3.0])
    x[1:].assign([9.0, 8.0])
    return x


REPRS = {
    "variable": lambda: tf.Variable([1.0, 2.0], name="q"), "scalar_variable": lambda: tf.Variable(1.5),
    "integers": lambda: tf.constant([1, 2]),
    "float": lambda: tf.constant(1.5), "row": lambda: tf.constant([1.5]), "bfloat16": lambda: tf.constant(1.5, tf.bfloat16),
    "half": lambda: tf.constant([1.5, 2.25], tf.float16), "double": lambda: tf.constant(0.1, tf.float64),
    "bool": lambda: tf.constant([True]),
    "text": lambda: tf.constant("hi"), "texts": lambda: tf.constant(["hi", "ho"]), "complex": lambda: tf.constant(1 + 2j),
    "empty": lambda: tf.zeros((0, 3)), "matrix": lambda: tf.reshape(tf.range(6.0), (2, 3)), "many": lambda: tf.range(2000.0),
    "shape": lambda: tf.TensorShape([None, 2]), "dtype": lambda: tf.float32,
    "unsigned": lambda: tf.constant([1, 255], tf.uint8),
    "small": lambda: tf.constant([1e-8, 1.0, 1e8]), "not_finite": lambda: tf.constant([np.nan, np.inf, -np.inf]),
    "untrained": lambda: tf.Variable([1, 2], trainable=False), "tensor_shape": lambda: tf.zeros((2, 3)).shape,
    "long": lambda: tf.constant(1, tf.int64),
}
for name, make in REPRS.items():
    @case(f"repr_{name}")
    def printed_both_ways(make=make):
        value = make()
        print(value)
        print(repr(value))
        print(f"{value}", [value])


@case
def same_name_twice():
    return [tf.Variable(1.0, name="weight"), tf.Variable(2.0, name="weight")]


@case
def comparison_of_variables():
    a, b = tf.Variable([1.0, 2.0]), tf.Variable([1.0, 3.0])
    return [a == b, a != b, a is a, a > b]


@case
def variables_have_no_hash():
    return {tf.Variable(1.0): 1}


@case
def tensors_have_no_hash():
    return {tf.constant(1.0): 1}


@case
def refs_have():
    v = tf.Variable(1.0)
    return [len({v.ref(), v.ref(), tf.Variable(1.0).ref()}), v.ref().deref() is v]


CONVERSIONS = {"float": float, "int": int, "bool": bool, "list": list, "len": len, "array": np.array,
               "index": lambda x: [10, 20, 30][x],
               "round": round, "abs": abs, "neg": lambda x: -x, "format": "{:.2f}".format, "numpy": lambda x: x.numpy(),
               "if": lambda x: 1 if x else 0,
               "in": lambda x: 1.0 in x, "iter": lambda x: next(iter(x)), "tuple": tuple, "str": str, "not": lambda x: not x}
VALUES = {"scalar": lambda: tf.constant(1.5), "row": lambda: tf.constant([1.0, 2.0]), "one": lambda: tf.constant([2.0]),
          "integer": lambda: tf.constant(2),
          "bool": lambda: tf.constant(True), "variable": lambda: tf.Variable(1.5),
          "variable_row": lambda: tf.Variable([1.0, 2.0]),
          "text": lambda: tf.constant("a"), "empty": lambda: tf.zeros((0,))}
for name, convert in CONVERSIONS.items():
    for what, make in VALUES.items():
        @case(f"{name}_of_{what}")
        def converted(convert=convert, make=make):
            return convert(make())


BINARY = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
          "pow": lambda a, b: a ** b,
          "mod": lambda a, b: a % b, "floordiv": lambda a, b: a // b, "matmul": lambda a, b: a @ b, "lt": lambda a, b: a < b,
          "eq": lambda a, b: a == b,
          "and": lambda a, b: a & b}
OPERANDS = {
    "double": lambda: tf.constant(1.0, tf.float64), "array": lambda: np.array([2.0, 3.0]),
    "numpy_double": lambda: np.float64(2.0), "int": lambda: 2,
    "float": lambda: 2.5, "none": lambda: None, "text": lambda: "a", "list": lambda: [1.0, 2.0],
    "integer": lambda: tf.constant(2), "bool": lambda: True,
    "longer": lambda: tf.constant([1.0, 2.0, 3.0]), "variable": lambda: tf.Variable([1.0, 2.0]), "complex": lambda: 1j,
    "object": lambda: object(),
}
for name, operate in BINARY.items():
    for what, make in OPERANDS.items():
        @case(f"floats_{name}_{what}")
        def floats_with(operate=operate, make=make):
            return operate(tf.constant([1.0, 2.0]), make())

        @case(f"{what}_{name}_floats")
        def with_floats(operate=operate, make=make):
            return operate(make(), tf.constant([1.0, 2.0]))

        @case(f"integers_{name}_{what}")
        def integers_with(operate=operate, make=make):
            return operate(tf.constant([1, 2]), make())
