# SPDX-License-Identifier: Apache-2.0
# tf.Variable: what it can be made of, and what it then is.


@case
def basic():
    return tf.Variable(1.0)


@case
def repr_vec():
    return tf.Variable([1.0, 2.0], name="w")


@case
def python_str():
    return str(tf.Variable([1.0, 2.0], name="w"))


@case
def noargs():
    return tf.Variable()


@case
def none():
    return tf.Variable(None)


@case
def python_callable():
    return tf.Variable(lambda: tf.ones([2]))


@case
def callable_noshape():
    return tf.Variable(lambda: [1, 2], dtype=tf.float32)


@case
def dtype():
    return tf.Variable([1, 2], dtype=tf.float64)


@case
def dtype_str():
    return tf.Variable([1, 2], dtype="float32")


@case
def dtype_mismatch():
    return tf.Variable(tf.constant([1, 2]), dtype=tf.float32)


@case
def dtype_float_to_int():
    return tf.Variable(1.5, dtype=tf.int32)


@case
def np64():
    return tf.Variable(np.array([1.0, 2.0]))


@case
def np_int():
    return tf.Variable(np.arange(3))


@case
def from_var():
    v = tf.Variable([1.0, 2.0], name="q")
    return tf.Variable(v)


@case
def from_tensor():
    return tf.Variable(tf.constant([1, 2]))


@case
def python_bool():
    return tf.Variable([True, False])


@case
def string():
    return tf.Variable("abc")


@case
def strings():
    return tf.Variable(["a", "b"])


@case
def complexv():
    return tf.Variable(1 + 2j)


@case
def pos():
    return tf.Variable(1.0, False).trainable


@case
def name_kw():
    return tf.Variable(1.0, name="abc").name


@case
def name_pos():
    return tf.Variable(1.0, True, True, None, "nm", None, tf.float64)


@case
def name_weird():
    return tf.Variable(1.0, name="a b")


@case
def name_slash():
    return tf.Variable(1.0, name="a/b").name


@case
def name_empty():
    return tf.Variable(1.0, name="").name


@case
def name_int():
    return tf.Variable(1.0, name=3).name


@case
def shape_kw():
    v = tf.Variable([1.0, 2.0], shape=tf.TensorShape(None))
    return (v, v.shape)


@case
def shape_kw2():
    v = tf.Variable([[1.0, 2.0]], shape=(None, 2))
    return (v, v.shape)


@case
def shape_unknown_assign():
    v = tf.Variable([1.0, 2.0], shape=tf.TensorShape(None))
    v.assign([[3.0, 4.0, 5.0]])
    return (v, v.shape, v.value().shape)


@case
def shape_partial_assign():
    v = tf.Variable([[1.0, 2.0]], shape=[None, 2])
    v.assign([[3.0, 4.0], [5.0, 6.0]])
    return v


@case
def shape_partial_bad():
    v = tf.Variable([[1.0, 2.0]], shape=[None, 2], name="pp")
    return v.assign([[3.0, 4.0, 5.0]])


@case
def shape_bad():
    return tf.Variable([1.0, 2.0], shape=[3])


@case
def validate_shape():
    v = tf.Variable([1.0, 2.0], validate_shape=False)
    v.assign([1.0, 2.0, 3.0])
    return v


@case
def validate_shape_shape():
    return tf.Variable([1.0, 2.0], validate_shape=False).shape


@case
def trainable_types():
    return [tf.Variable(1, trainable=None).trainable, tf.Variable(1.0).trainable, tf.Variable(True).trainable]


@case
def constraint():
    v = tf.Variable(1.0, constraint=lambda x: x * 2)
    return v.constraint(tf.constant(2.0))


@case
def constraint_bad():
    return tf.Variable(1.0, constraint=3)


@case
def constraint_none():
    return tf.Variable(1.0).constraint


@case
def agg():
    v = tf.Variable(1.0, aggregation=tf.VariableAggregation.MEAN, synchronization=tf.VariableSynchronization.ON_READ)
    return (v.aggregation, v.synchronization)


@case
def agg_default():
    v = tf.Variable(1.0)
    return (v.aggregation, v.synchronization)


@case
def agg_enum():
    return (list(tf.VariableAggregation), tf.VariableAggregation.SUM.value, str(tf.VariableAggregation.NONE))


@case
def import_scope():
    return tf.Variable(1.0, import_scope="x").name


@case
def bad_kw():
    return tf.Variable(1.0, foo=2)


@case
def exp_layout():
    return tf.Variable(1.0, experimental_enable_variable_lifting=False)


@case
def uninit():
    v = tf.Variable(None, shape=[2], dtype=tf.float32)


@case
def python_type():
    return (type(tf.Variable(1.0)), tf.Variable, isinstance(tf.Variable(1.0), tf.Variable))


@case
def is_tensor():
    v = tf.Variable(1.0)
    return (tf.is_tensor(v), isinstance(v, tf.Tensor), hasattr(v, "handle"))
