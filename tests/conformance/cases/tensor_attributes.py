# SPDX-License-Identifier: Apache-2.0
# What a tensor has beside its value, and what it refuses.
import collections
import copy



@case
def name():
    return tf.constant(1.0).name


@case
def op():
    return tf.constant(1.0).op


@case
def graph():
    return tf.constant(1.0).graph


@case
def python_eval():
    return tf.constant(1.0).eval()


@case
def consumers():
    return tf.constant(1.0).consumers()


@case
def value_index():
    return tf.constant(1.0).value_index


@case
def assign():
    return tf.constant(1.0).assign(2.0)


@case
def foo():
    return tf.constant(1.0).foo


@case
def getattrs():
    return tf.constant(1.0).ravel


@case
def T():
    return tf.constant([1.0]).T


@case
def reshape():
    return tf.constant([1.0]).reshape


@case
def astype():
    return tf.constant([1.0]).astype


@case
def mean():
    return tf.constant([1.0]).mean


@case
def tolist():
    return tf.constant([1.0]).tolist


@case
def item():
    return tf.constant(1.0).item


@case
def size():
    return tf.constant([1.0]).size


@case
def clip():
    return tf.constant([1.0]).clip


@case
def python_any():
    return tf.constant([True]).any


@case
def transpose():
    return tf.constant([1.0]).transpose


@case
def data():
    return tf.constant([1.0]).data


@case
def shape():
    x = tf.constant([[1.0, 2.0]])
    return (x.shape, x.get_shape(), x.ndim, x.dtype, x.device, x.backing_device, x.shape.as_list())


@case
def set_shape():
    x = tf.constant([[1.0, 2.0]])
    x.set_shape([1, 2])
    x.set_shape([None, 2])
    return x.set_shape([3, 2])


@case
def ref():
    x = tf.constant([1.0])
    r = x.ref()
    return (r.deref() is x, r == x.ref(), r)


@case
def ref_dict():
    x = tf.constant([1.0])
    y = tf.constant([1.0])
    return {x.ref(): 1, y.ref(): 2}[y.ref()]


@case
def python_hash():
    return hash(tf.constant(1.0))


@case
def python_set():
    return {tf.constant(1.0)}


@case
def python_dict():
    return {tf.constant(1.0): 2}


@case
def python_bool():
    return (bool(tf.constant(1.0)), bool(tf.constant(0)), bool(tf.constant([0.0])), bool(tf.constant([[True]])))


@case
def bool_vec():
    return bool(tf.constant([1.0, 2.0]))


@case
def bool_empty():
    return bool(tf.zeros([0]))


@case
def bool_str():
    return (bool(tf.constant("")), bool(tf.constant("a")))


@case
def not_case():
    return not tf.constant(1.0)


@case
def and_case():
    return tf.constant(1.0) and 3


@case
def in_case():
    return tf.constant(1.0) in [tf.constant(2.0), tf.constant(1.0)]


@case
def in_vec():
    return tf.constant([1.0, 2.0]) in [tf.constant([2.0, 1.0])]


@case
def in_t():
    return 2.0 in tf.constant([1.0, 2.0])


@case
def in_diffshape():
    return tf.constant([1.0, 2.0, 3.0]) in [tf.constant([2.0, 1.0])]


@case
def python_iter():
    return list(tf.constant([[1.0, 2.0], [3.0, 4.0]]))


@case
def iter_scalar():
    return list(tf.constant(1.0))


@case
def iter_str():
    return list(tf.constant(["a", "b"]))


@case
def python_len():
    return len(tf.constant([1.0, 2.0]))


@case
def len_scalar():
    return len(tf.constant(1.0))


@case
def python_int():
    return (int(tf.constant(3.7)), float(tf.constant(3)), complex(tf.constant(1.0)), int(tf.constant([3])) if 0 else 0)


@case
def int_1():
    return int(tf.constant([3]))


@case
def int_vec():
    return int(tf.constant([3, 4]))


@case
def float_1():
    return float(tf.constant([3.0]))


@case
def float_str():
    return float(tf.constant("3.5"))


@case
def index():
    return [1, 2, 3][tf.constant(1)]


@case
def index_float():
    return [1, 2, 3][tf.constant(1.0)]


@case
def index_vec():
    return [1, 2, 3][tf.constant([1])]


@case
def index_bool():
    return [1, 2, 3][tf.constant(True)]


@case
def python_range():
    return list(range(tf.constant(3)))


@case
def python_round():
    return round(tf.constant(3.7))


@case
def round2():
    return round(tf.constant(3.7), 1)


@case
def python_format():
    return "{}".format(tf.constant(3.5))


@case
def format_spec():
    return f"{tf.constant(3.5):.2f}"


@case
def format_int():
    return f"{tf.constant(3):5d}"


@case
def format_vec():
    return f"{tf.constant([3.5, 1.0])}"


@case
def format_vec_spec():
    return f"{tf.constant([3.5, 1.0]):.2f}"


@case
def format_r():
    return f"{tf.constant(3.5)!r}"


@case
def percent():
    return "%s %r" % (tf.constant(3.5), tf.constant(3.5))


@case
def percent_f():
    return "%.2f" % tf.constant(3.5)


@case
def percent_d():
    return "%d" % tf.constant(3)


@case
def python_str():
    return (str(tf.constant(3.5)), str(tf.constant([[1.0, 2.0]])), str(tf.constant("a")), str(tf.constant([True])))


@case
def python_divmod():
    return divmod(tf.constant(7.0), 2.0)


@case
def np_binary():
    x = tf.constant([1.0, 2.0])
    return (np.ones(2, np.float32) * x, np.float32(2) * x, np.add(x, 1.0))


@case
def numpy_is_copy():
    x = tf.constant([1.0, 2.0])
    n = x.numpy()
    n[0] = 5.0
    return (x, n)


@case
def numpy_scalar():
    return (type(tf.constant(1.0).numpy()), type(tf.constant([1.0]).numpy()), type(tf.constant("a").numpy()))


@case
def setitem():
    x = tf.constant([1.0])
    x[0] = 2.0


@case
def delitem():
    x = tf.constant([1.0])
    del x[0]


@case
def pos():
    return +tf.constant(1.0)


@case
def neg():
    return (-tf.constant(1.0), abs(tf.constant(-1.0)), ~tf.constant(True), ~tf.constant(5))


@case
def iadd():
    x = tf.constant(1.0)
    x += 1
    return x


@case
def shift():
    return tf.constant(1) << 2


@case
def and_case_again():
    return (tf.constant(True) & False, tf.constant(5) | 2, tf.constant(5) ^ 1)


@case
def none():
    return tf.constant(1.0) * None


@case
def none_r():
    return None * tf.constant(1.0)


@case
def none_add():
    return tf.constant(1.0) + None


@case
def eq_none():
    return (tf.constant(1.0) == None, tf.constant(1.0) != None, None == tf.constant(1.0))


@case
def eq_str():
    return tf.constant(1.0) == "a"


@case
def eq_shapes():
    return (tf.constant([1.0, 2.0]) == tf.constant([1.0, 2.0, 3.0]), tf.constant([1.0, 2.0]) != [1.0, 2.0, 3.0])


@case
def eq_dtype():
    return tf.constant(1.0) == tf.constant(1)


@case
def lt_none():
    return tf.constant(1.0) < None


@case
def is_tensor():
    x = tf.constant(1.0)
    return (isinstance(x, tf.Tensor), type(x), tf.is_tensor(1.0), tf.is_tensor(x))


@case
def python_copy():
    x = tf.constant([1.0])
    return (copy.copy(x) is x, copy.deepcopy(x) is x, copy.deepcopy(x))


@case
def array_priority():
    return tf.constant(1.0).__array_priority__


@case
def dtype_eq():
    return (tf.constant(1.0).dtype == tf.float32, tf.constant(1.0).dtype == "float32", tf.constant(1.0).dtype == np.float32)


@case
def sum_builtin():
    return (sum(tf.constant([1.0, 2.0, 3.0])), max(tf.constant([1.0, 3.0, 2.0])))


@case
def unpack():
    a, b = tf.constant([1.0, 2.0])
    return a


@case
def python_zip():
    return list(zip(tf.constant([1.0, 2.0]), [3, 4]))


@case
def python_enumerate():
    return [(i, r.numpy()) for i, r in enumerate(tf.constant([1.0, 2.0]))]


@case
def python_reversed():
    return list(reversed(tf.constant([1.0, 2.0])))


@case
def python_sorted():
    return sorted(tf.constant([3.0, 1.0]))


@case
def shape_set():
    x = tf.constant(1.0)
    x.shape = [2]


@case
def python_id():
    return isinstance(tf.constant(1.0)._id, int)


@case
def is_symbolic():
    return tf.is_symbolic_tensor(tf.constant(1.0))


@case
def handle():
    return tf.constant(1.0).handle


@case
def trainable():
    return tf.constant(1.0).trainable


@case
def abc():
    from collections.abc import Iterable, Hashable, Sequence, Sized
    x = tf.constant([1.0])
    return (isinstance(x, Iterable), isinstance(x, Hashable), isinstance(x, Sequence), isinstance(x, Sized))
