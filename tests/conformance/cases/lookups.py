# SPDX-License-Identifier: Apache-2.0
"""tf.lookup: tables from keys to values. And tf.test.compute_gradient: what tapes find beside differences."""
import copy

import numpy as np

L = tf.lookup


def initializer(keys=("a", "b", "c"), values=(1, 2, 3), **options):
    return L.KeyValueTensorInitializer(list(keys), list(values), **options)


def longs(*values):
    return tf.constant(values, tf.int64)


def static():
    return L.StaticHashTable(initializer(), default_value=-1)


def floats():
    return L.StaticHashTable(L.KeyValueTensorInitializer(longs(1, 2), tf.constant([1.5, 2.5])), 0.0)


def texts():
    return L.StaticHashTable(L.KeyValueTensorInitializer(longs(1, 2), ["one", "two"]), "none")


def vocabulary(buckets=3, **options):
    return L.StaticVocabularyTable(initializer(["emerson", "lake"], longs(0, 1).numpy(), value_dtype=tf.int64), buckets, **options)


def numbers(dtype):
    known = L.KeyValueTensorInitializer(longs(5, 6), longs(0, 1))
    return L.StaticVocabularyTable(known, num_oov_buckets=4, lookup_key_dtype=dtype)


def mutable():
    table = L.experimental.MutableHashTable(tf.string, tf.int64, -1)
    table.insert(["a", "b"], longs(4, 5))
    return table


def pairs():
    table = L.experimental.MutableHashTable(tf.int64, tf.float32, [0.0, 0.0])
    table.insert(longs(1, 2), [[1.0, 2.0], [3.0, 4.0]])
    return table


def dense():
    table = L.experimental.DenseHashTable(tf.int64, tf.float32, default_value=-1.0, empty_key=0, deleted_key=-1)
    table.insert(longs(1, 2), [7.0, 8.0])
    return table


def removed():
    table = mutable()
    table.remove(tf.constant(["a"]))
    return table.lookup(["a", "b"]), table.size()


def erased():
    table = dense()
    table.erase(longs(1))
    return table.lookup(longs(1, 2)), table.size()


def sorted_export(table):
    keys, values = table.export()
    return sorted(zip(keys.numpy().tolist(), values.numpy().tolist())), keys.dtype, values.dtype


def traced():
    table = static()

    @tf.function(autograph=False)
    def found(x):
        return table.lookup(x) + 1

    return found(tf.constant(["b", "?"]))


def mapped():
    return list(tf.data.Dataset.from_tensor_slices(["a", "b", "q"]).map(static().lookup).as_numpy_iterator())


def checkpointed(table, key, value):
    """What a table holds comes back, into it and into a new one."""
    saved = tf.train.Checkpoint(t=table, v=tf.Variable(1.0))
    path = saved.save("tables/ckpt")
    table.insert([key], [value])
    saved.restore(path)
    return sorted_export(table), sorted(name for name, shape in tf.train.list_variables(path))


def restored_anew():
    path = tf.train.Checkpoint(t=mutable()).save("tables/other")
    table = L.experimental.MutableHashTable(tf.string, tf.int64, -1)
    tf.train.Checkpoint(t=table).restore(path)
    return sorted_export(table)


def copied():
    table = mutable()
    other = copy.deepcopy(table)
    table.insert(["a"], longs(99))
    return other.lookup(["a", "b"])


def through():
    """A gradient ends at the whole numbers that are looked up."""
    v = tf.Variable([1.0, 2.0])
    table = floats()
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(table.lookup(tf.cast(v, tf.int64)) * 3.0)
    return y, tape.gradient(y, v)


LINES = """
initializer().key_dtype, initializer().value_dtype
initializer([1,2],[1.,2.],key_dtype=tf.int64).key_dtype
static().lookup(tf.constant(['a','z']))
static()[tf.constant([['c'],['q']])]
static()[tf.constant('b')]
static()['b']
static().lookup([1,2])
static().lookup(tf.constant([1,2]))
static().lookup(tf.ragged.constant([['a'],['b','k']]))
static().lookup(tf.sparse.from_dense(tf.constant([['a',''],['','c']])))
static().size()
static().key_dtype, static().value_dtype, static().default_value, static().name
sorted_export(static())
floats()[longs(2,9)]
floats().lookup(tf.constant([2,9]))
texts()[longs(2,9,1)]
L.StaticHashTable(initializer([1,1],[1,2]),0)
L.StaticHashTable(initializer([1,1],[2,2]),0).size()
L.StaticHashTable(initializer(['a','b'],[1]),0)
L.StaticHashTable(initializer(),'x')
L.StaticHashTable(initializer())
L.StaticHashTable(initializer(),[1,2])
vocabulary().lookup(tf.constant(['emerson','king','lake','crimson','x']))
vocabulary()['lake']
vocabulary().size()
vocabulary().name, vocabulary().key_dtype, vocabulary().value_dtype
vocabulary(0)
vocabulary(lookup_key_dtype=tf.int64)
vocabulary().lookup(tf.constant([1,2]))
L.StaticVocabularyTable(initializer(),1)
L.StaticVocabularyTable(L.KeyValueTensorInitializer([1.0],longs(1)),1)
L.StaticVocabularyTable(None,4,lookup_key_dtype=tf.float32)
L.StaticVocabularyTable(initializer([],[],key_dtype=tf.string,value_dtype=tf.float32),1)
vocabulary(lookup_key_dtype=tf.float32)
L.StaticVocabularyTable(None,4).lookup(tf.constant(['a','b']))
numbers(tf.int64).lookup(longs(5,6,7,8,100))
numbers(tf.int32).lookup(tf.constant([5,6,7,8,100]))
mutable().lookup(tf.constant(['a','c']))
mutable()['a']
mutable().size(), mutable().name
sorted_export(mutable())
mutable().insert(['a'],[1])
mutable().insert(['a'],[1.0])
mutable().insert(['a','b'],[1])
mutable().remove(['a'])
removed()
pairs().lookup(longs(2,7))
pairs().insert(longs(3),[1.0])
checkpointed(mutable(),'c',7)
checkpointed(pairs(),9,[0.5,0.25])
restored_anew()
copied()
mutable().lookup(['a','q'],dynamic_default_values=longs(8,9))
pairs().lookup(longs(2,7),dynamic_default_values=[[0.5,0.5],[0.25,0.75]])
vocabulary(name='tab').name
L.StaticHashTable(L.KeyValueTensorInitializer([],[],key_dtype=tf.string,value_dtype=tf.int64),0)
dense().lookup(longs(0))
dense().erase(longs(-1))
L.experimental.DenseHashTable(tf.int64,tf.int64,default_value=0,empty_key=1,deleted_key=1)
isinstance(tf.Variable(1.0),tf.types.experimental.TensorLike)
dense().lookup(longs(1,5))
dense()[[1,2]]
dense().size(), dense().name
dense().insert([0],[1.0])
dense().insert([-1],[1.0])
dense().erase([1])
erased()
traced()
mapped()
through()
tf.test.compute_gradient(lambda x: x*x,[tf.constant([1.,2.,3.])])
tf.test.compute_gradient(lambda x,y: tf.matmul(x,y),[[[1.,2.],[3.,4.]],[[1.],[2.]]])
tf.test.compute_gradient(lambda x: tf.round(x)*3,[1.5])
tf.test.compute_gradient(lambda x: tf.stop_gradient(x)*3,[1.5])
tf.test.compute_gradient(tf.exp,[np.array([1.,2.])],delta=1e-4)
tf.test.compute_gradient(tf.exp,tf.constant([1.,2.]))
tf.test.compute_gradient(lambda x: x.numpy(),[tf.constant([1.,2.])])
tf.test.compute_gradient(lambda x: None,[1.0])
tf.test.compute_gradient(tf.exp,[1])
tf.test.compute_gradient(lambda x: x*x,[1])
tf.test.compute_gradient(lambda x: tf.cast(x,tf.int32),[1.0])
tf.test.compute_gradient(lambda x: x*tf.complex(1.,2.),[tf.complex([1.,2.],[3.,4.])])
tf.test.compute_gradient(lambda p: tf.gather(p,[0,2,2]),[tf.constant([1.,2.,3.])])
tf.test.compute_gradient(lambda x: x*2,[tf.zeros([0,2])])
tf.test.compute_gradient(lambda a,b: a*b*b,[tf.constant(2.)]*2)
tf.test.compute_gradient(tf.custom_gradient(lambda x: (x**3,lambda dy: dy*x)),[2.0])
"""
for line in LINES.strip().splitlines():
    @case(line)
    def expression(line=line):
        return eval(line, globals())
