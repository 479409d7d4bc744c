# SPDX-License-Identifier: Apache-2.0
# Python's operators between tensors, variables, numbers, arrays, lists and things that do not belong there.
import operator

I, J, ZERO = tf.constant([7, -7, 3]), tf.constant([2, 2, 5]), tf.constant([0, 0, 0])
F, G, TWO = tf.constant([7.0, -7.0, 3.0]), tf.constant([2.0, 2.0, -2.0]), tf.constant([1.0, 2.0])
D, B = tf.constant([1.0, 2.0, 3.0], tf.float64), tf.constant([True, False, True])
V = tf.Variable([1.0, 2.0, 3.0])


class Polite:
    def __radd__(self, other):
        return "added"

    def __rmul__(self, other):
        return NotImplemented


def label(value):
    return {id(I): "I", id(J): "J", id(F): "F", id(G): "G", id(D): "D", id(B): "B", id(V): "V", id(ZERO): "ZERO",
            id(TWO): "TWO"}.get(id(value), type(value).__name__ + (repr(value) if isinstance(value, (int, float, str)) else ""))


PAIRS = [(I, J), (F, G), (F, I), (I, F), (F, D), (B, B), (F, TWO), (F, 2), (2, F), (2.5, F), (I, 2.5), (2.5, I), (F, "q"),
         ("q", F), (F, None), (None, F), (I, ZERO), (B, True), (B, 1), (F, D.numpy()), (D.numpy(), F), (I, D.numpy()),
         (F, [1, 2, 3]), ([1, 2, 3], F), (F, (1, 2)), (V, V), (V, 2), (2, V), (V, F), (F, V), (F, True), (I, I), (I, 3)]
for name in "add sub mul truediv floordiv mod pow and_ or_ xor eq ne lt le gt ge".split():
    for place, (x, y) in enumerate(PAIRS):
        if (name, x if isinstance(x, str) else None) == ("mod", "q"):
            continue  # "%" formats text
        case(f"{name} {label(x)} {label(y)} {place}")(lambda name=name, x=x, y=y: getattr(operator, name)(x, y))
for name in "neg abs invert pos".split():
    for x in (I, F, B, V):
        case(f"{name} {label(x)}")(lambda name=name, x=x: getattr(operator, name)(x))


@case
def other_sides_own_operator():
    return F + Polite()


@case
def other_side_that_declines():
    return F * Polite()


@case
def gradients_through_operators():
    x, y = tf.Variable([3.0, 2.0]), tf.Variable([2.0, 4.0])
    with tf.GradientTape(persistent=True) as tape:
        parts = [x + y, x - y, x * y, x / y, x ** y, x % y, x // y, -x, abs(x), 2.0 ** x, 1.0 / x, x ** 2, 3.0 % x]
    return [tape.gradient(part, [x, y]) for part in parts]


@case
def small_integers_divide_in_float32():
    return tf.constant([3, -3], tf.int8) / tf.constant([2, 2], tf.int8)


@case
def unsigned_wraps():
    x = tf.constant([3, 250], tf.uint8)
    return x - 4, x + 10, x * 2, x // 2, x % 7


@case
def bool_products():
    return B * B, B & True, B | False, B ^ True, ~B


@case
def strings_add():
    return tf.constant(["a", "b"]) + "c", "c" + tf.constant(["a", "b"])
