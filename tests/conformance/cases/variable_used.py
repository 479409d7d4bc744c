# SPDX-License-Identifier: Apache-2.0
# tf.Variable: operators, identity, Python's and numpy's ways with it.
import collections
import copy



@case
def ops1():
    v = tf.Variable([7.0, -2.0])
    a = [v + 1, 1 + v, v - 1, 1 - v, v * 2, 2 * v, v / 2, 2 / v]
    return a + [v // 2, 2 // v, v % 2, 2 % v, v ** 2, 2 ** v, -v, abs(v)]


@case
def ops_pos():
    v = tf.Variable(7.0)
    return +v


@case
def ops_cmp():
    v = tf.Variable([7.0, -2.0])
    return [v < 1, v <= 1, v > 1, v >= 1, 1 < v]


@case
def ops_eq():
    v = tf.Variable([7.0, -2.0])
    return [v == 7.0, v != 7.0, v == [7.0, 3.0], v == v]


@case
def eq_none():
    v = tf.Variable([7.0, -2.0])
    return (v == None, v != None)


@case
def eq_shape():
    v = tf.Variable([7.0, -2.0])
    return (v == [1.0, 2.0, 3.0], v != [1.0, 2.0, 3.0])


@case
def eq_str():
    v = tf.Variable([7.0, -2.0])
    return v == "abc"


@case
def eq_var():
    v = tf.Variable([7.0, -2.0])
    w = tf.Variable([7.0, 1.0])
    return v == w


@case
def intops():
    v = tf.Variable([7, -2])
    return [v + 1, v // 2, v % 3, v / 2, v ** 2, v & 3, v | 1, v ^ 1, ~v, v > 2, 7 // v]


@case
def boolops():
    v = tf.Variable([True, False])
    return [v & True, v | True, v ^ True, ~v, True & v]


@case
def shifts():
    v = tf.Variable([7, 2])
    return v << 1


@case
def matmul():
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    return [v @ v, v @ [[1.0], [1.0]], [[1.0, 1.0]] @ v]


@case
def matmul_np():
    v = tf.Variable([[1.0, 2.0], [3.0, 4.0]])
    return np.ones((1, 2), np.float32) @ v


@case
def np_left():
    v = tf.Variable([1.0, 2.0])
    return [np.array([1.0, 2.0], np.float32) * v, np.float32(2.0) * v, np.float64(2.0) * v]


@case
def np_ufunc():
    v = tf.Variable([1.0, 4.0])
    return (np.sqrt(v), np.sum(v), np.add(v, v), np.exp(v).dtype)


@case
def op_none():
    v = tf.Variable(1.0)
    return v * None


@case
def op_none_r():
    v = tf.Variable(1.0)
    return None * v


@case
def op_str():
    v = tf.Variable(1.0)
    return v + "a"


@case
def int_float():
    v = tf.Variable([1, 2])
    return v + 1.5


@case
def float_int_tensor():
    v = tf.Variable([1.0, 2.0])
    return v + tf.constant([1, 2])


@case
def contains():
    v = tf.Variable([1.0, 2.0])
    return 1.0 in v


@case
def contains_list():
    v = tf.Variable(1.0)
    w = tf.Variable(2.0)
    return (v in [v], w in [v, w])


@case
def contains_list_vec():
    v = tf.Variable([1.0, 2.0])
    w = tf.Variable([2.0, 3.0])
    return w in [v, w]


@case
def python_hash():
    return hash(tf.Variable(1.0))


@case
def hash_vec():
    return hash(tf.Variable([1.0, 2.0], name="w"))


@case
def python_set():
    return {tf.Variable(1.0)}


@case
def python_dict():
    return {tf.Variable(1.0): 2}


@case
def ref():
    v = tf.Variable(1.0)
    r = v.ref()
    return (r.deref() is v, r == v.ref(), hash(r) == hash(v.ref()), r)


@case
def ref_dict():
    v = tf.Variable(1.0)
    w = tf.Variable(1.0)
    d = {v.ref(): 1, w.ref(): 2}
    return (len(d), d[v.ref()])


@case
def ref_cmp():
    v = tf.Variable(1.0)
    return v.ref() == v


@case
def ref_lt():
    v = tf.Variable(1.0)
    return v.ref() < v.ref()


@case
def ref_type():
    return type(tf.Variable(1.0).ref())


@case
def python_iter():
    return [r for r in tf.Variable([[1.0, 2.0], [3.0, 4.0]])]


@case
def iter_scalar():
    return list(tf.Variable(1.0))


@case
def unpack():
    a, b = tf.Variable([1.0, 2.0])
    return (a, b)


@case
def python_len():
    return len(tf.Variable([1.0, 2.0]))


@case
def len_scalar():
    return len(tf.Variable(1.0))


@case
def python_bool():
    return (bool(tf.Variable(1.0)), bool(tf.Variable(0)), bool(tf.Variable([1.0])))


@case
def bool_vec():
    return bool(tf.Variable([1.0, 2.0]))


@case
def if_case():
    v = tf.Variable(1.0)
    r = 1 if v else 2
    return r


@case
def python_int():
    return (int(tf.Variable(3.7)), float(tf.Variable(3)), int(tf.Variable([3])))


@case
def int_vec():
    return int(tf.Variable([3, 4]))


@case
def float_vec():
    return float(tf.Variable([3.0, 4.0]))


@case
def python_complex():
    return complex(tf.Variable(3.0))


@case
def index():
    return [10, 20, 30][tf.Variable(1)]


@case
def index_float():
    return [10, 20, 30][tf.Variable(1.0)]


@case
def python_range():
    return list(range(tf.Variable(3)))


@case
def python_round():
    return (round(tf.Variable(3.7)),)


@case
def round2():
    return round(tf.Variable(3.14159), 2)


@case
def python_format():
    return "{}".format(tf.Variable(3.5))


@case
def format_spec():
    return f"{tf.Variable(3.5):.2f}"


@case
def format_vec():
    return f"{tf.Variable([3.5, 1.0])}"


@case
def percent():
    return "%s" % tf.Variable(3.5)


@case
def percent_f():
    return "%.2f" % tf.Variable(3.5)


@case
def percent_d():
    return "%d" % tf.Variable(3)


@case
def python_divmod():
    return divmod(tf.Variable(7.0), 2.0)


@case
def numpy():
    v = tf.Variable([1.0, 2.0])
    n = v.numpy()
    n[0] = 5
    return (v, n)


@case
def is_init():
    v = tf.Variable(1.0)
    return v.is_initialized()


@case
def initial_value():
    return tf.Variable(1.0).initial_value


@case
def initializer():
    return tf.Variable(1.0).initializer


@case
def python_eval():
    return tf.Variable(1.0).eval()


@case
def shape_dtype():
    v = tf.Variable([[1.0, 2.0]])
    return (v.shape, v.dtype, v.get_shape(), v.device, v.shape.rank)


@case
def ndim():
    return tf.Variable([[1.0, 2.0]]).ndim


@case
def op():
    return tf.Variable([[1.0, 2.0]]).op


@case
def graph():
    return tf.Variable([[1.0, 2.0]]).graph


@case
def handle_dtype():
    v = tf.Variable([[1.0, 2.0]])
    return (v.handle.dtype, v.handle.shape)


@case
def shared_name():
    v = tf.Variable([[1.0, 2.0]], name="w")
    return v._shared_name


@case
def create():
    return tf.Variable(1.0).create


@case
def set_shape():
    v = tf.Variable([1.0, 2.0])
    v.set_shape([2])
    return v.set_shape([3])


@case
def count_up_to_lim():
    v = tf.Variable(3)
    return v.count_up_to(3)


@case
def python_copy():
    v = tf.Variable([1.0, 2.0], name="w")
    c = copy.copy(v)
    return (c, c is v)


@case
def deepcopy():
    v = tf.Variable([1.0, 2.0], name="w")
    c = copy.deepcopy(v)
    v.assign([5.0, 6.0])
    return (c, c is v, c.name, c.trainable)


@case
def deepcopy_list():
    v = tf.Variable([1.0, 2.0], name="w")
    c = copy.deepcopy([v, v])
    return c[0] is c[1]


@case
def set_trainable():
    v = tf.Variable(1.0)
    v.trainable = False


@case
def getattr_bad():
    v = tf.Variable(1.0)
    return v.foo


@case
def name_set():
    v = tf.Variable(1.0)
    v.name = "x"


@case
def unique_id():
    a = tf.Variable(1.0, name="u")
    b = tf.Variable(1.0, name="u")
    return (a.name == b.name, a._unique_id != b._unique_id)


@case
def from_var_name():
    v = tf.Variable(1.0, name="q")
    return (tf.Variable(v).name, tf.Variable(v, name="z").name)


@case
def from_var_in_tape():
    v = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = tf.Variable(v * v)
        y = z * 3.0
    return t.gradient(y, [v, z])


@case
def from_var2_in_tape():
    v = tf.Variable(2.0)
    with tf.GradientTape() as t:
        z = tf.Variable(v)
        y = z * 3.0
    return (t.gradient(y, [v, z]), [q.name for q in t.watched_variables()])


@case
def device_ctx():
    with tf.device("CPU:0"):
        v = tf.Variable(1.0)
    return v.device


@case
def reduce():
    v = tf.Variable([1.0, 2.0])
    return (tf.reduce_sum(v), tf.reshape(v, [2, 1]), tf.convert_to_tensor(v), tf.identity(v))


@case
def math_with():
    v = tf.Variable([1.0, 2.0])
    return (tf.add(v, v), tf.stack([v, v]), tf.concat([v, v], 0))


@case
def ones_like():
    v = tf.Variable([1.0, 2.0])
    return (tf.ones_like(v), tf.zeros_like(v), tf.shape(v), tf.rank(v), tf.size(v))


@case
def cast():
    v = tf.Variable([1.0, 2.0])
    return tf.cast(v, tf.int32)


@case
def unread_ops():
    v = tf.Variable(1.0)
    u = v.assign(2.0)
    return (u + 1.0, u.numpy(), u.name, u.shape, u.trainable, u.value())


@case
def unread_assign():
    v = tf.Variable(1.0)
    u = v.assign(2.0)
    u.assign(5.0)
    return (v, u)


@case
def unread_eq():
    v = tf.Variable(1.0)
    u = v.assign(2.0)
    return (u == v, u._unique_id == v._unique_id, u.ref() == v.ref())


@case
def unread_source():
    v = tf.Variable(3.0)
    u = v.assign(2.0)
    with tf.GradientTape() as t:
        y = v * v
    return t.gradient(y, u)


@case
def tape_assign_middle():
    v = tf.Variable(3.0)
    with tf.GradientTape() as t:
        y = v * v
        v.assign(10.0)
        z = v * v
    return t.gradient(y + 0.0, v) if False else t.gradient([y, z], v)


@case
def dunder_array_priority():
    return tf.Variable(1.0).__array_priority__


@case
def numpy_func_where():
    v = tf.Variable([1.0, 2.0])
    return np.where(v > 1.5, 1, 0)


@case
def max_min():
    v = tf.Variable([1.0, 5.0, 2.0])
    return (max(v), min(v), sum(v))


@case
def python_sorted():
    v = tf.Variable([3.0, 1.0, 2.0])
    return sorted(v)


@case
def v_T():
    return tf.Variable([[1.0, 2.0]]).T


@case
def isinst():
    from collections.abc import Iterable, Hashable, Sequence
    v = tf.Variable(1.0)
    return (isinstance(v, Iterable), isinstance(v, Hashable), isinstance(v, Sequence))


@case
def spec():
    return tf.Variable([1.0, 2.0])._type_spec if False else 1


@case
def save_slice():
    return tf.Variable(1.0)._save_slice_info


@case
def dims():
    v = tf.Variable(tf.zeros([2, 3]))
    return (v.shape.as_list(), v.shape[0], tuple(v.shape), v.shape.num_elements())


@case
def from_gen():
    return tf.Variable(range(3))


@case
def from_listoft():
    return tf.Variable([tf.constant(1.0), tf.constant(2.0)])


@case
def from_nested_bad():
    return tf.Variable([[1.0], [2.0, 3.0]])


@case
def float16():
    return tf.Variable(1.0, dtype=tf.float16)


@case
def uint8():
    return tf.Variable(1, dtype=tf.uint8)


@case
def big():
    return tf.Variable(2 ** 40)


@case
def big64():
    return tf.Variable(2 ** 40, dtype=tf.int64)
