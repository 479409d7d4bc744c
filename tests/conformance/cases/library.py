# SPDX-License-Identifier: Apache-2.0
# The library around the operations: control flow, structures, checks, modules, printing, functions. Each line of
# EXPRESSIONS is a case (see expressions.py).
import collections

Pair = collections.namedtuple("Pair", "x y")
EXPRESSIONS = """
[isinstance(one,tf.TypeSpec) for one in (tf.TensorSpec([1]),tf.RaggedTensorSpec([None]),tf.SparseTensorSpec([2]),tf.IndexedSlicesSpec(),1)]
tf.TypeSpec()
str(tf.IndexedSlicesSpec([4,2],tf.float32))
str(tf.IndexedSlicesSpec(None,tf.float16,tf.int32,tf.int32,[3]))
tf.IndexedSlicesSpec([4,2])==tf.IndexedSlicesSpec([4,2]), tf.IndexedSlicesSpec([4,2])==tf.IndexedSlicesSpec([4,3])
tf.IndexedSlicesSpec(indices_shape=[2,3])
str(tf.type_spec_from_value(tf.IndexedSlices(tf.zeros([1,2]),tf.constant([0]),tf.constant([4,2]))))
str(tf.type_spec_from_value(tf.IndexedSlices(tf.zeros([1,2]),tf.constant([0]))))
[isinstance(tf.function(lambda: 1),getattr(tf.types.experimental,kind)) for kind in "Callable GenericFunction PolymorphicFunction ConcreteFunction AtomicFunction".split()]
tf.nest.assert_same_structure([1,2],[1])
tf.nest.assert_same_structure([1,2],(1,2))
tf.nest.assert_same_structure([1,[2]],[1,2])
tf.nest.assert_same_structure([1,2],[1,[2]])
tf.nest.assert_same_structure({'a':1},{'b':1})
tf.nest.assert_same_structure({'a':1},{'a':1,'b':2})
tf.nest.assert_same_structure(1,[1])
tf.nest.assert_same_structure([1],1)
tf.nest.assert_same_structure([1],(1,),check_types=False)
tf.nest.assert_same_structure({'a':[1,2]},{'a':[1]})
tf.nest.assert_same_structure(m,[1])
tf.nest.assert_same_structure([m],1)
tf.nest.map_structure(lambda a,b:a+b,[1,2],[3])
tf.nest.map_structure(lambda a,b:a+b,[1,2],(3,4))
tf.nest.map_structure(lambda a,b:a+b,[1,2],(3,4),check_types=False)
tf.nest.map_structure(3,[1])
tf.nest.map_structure(lambda x:x)
tf.nest.map_structure(lambda x:x,[1],foo=2)
tf.nest.flatten(None)
tf.nest.flatten({'b':1,'a':[2,(3,)]})
tf.nest.flatten({1:1,'a':2})
tf.nest.flatten({3,4})
tf.nest.flatten(range(3))
tf.nest.flatten("ab")
tf.nest.flatten(np.array([1,2]))
tf.nest.flatten({'a':1}.values())
tf.nest.flatten([])
tf.nest.pack_sequence_as([1,[2]],[5])
tf.nest.pack_sequence_as([1,[2]],[5,6,7])
tf.nest.pack_sequence_as([1,[2]],5)
tf.nest.pack_sequence_as(1,[5,6])
tf.nest.pack_sequence_as({'b':1,'a':2},[5,6])
tf.nest.pack_sequence_as(1,[5])
tf.while_loop(lambda i: i<3, lambda i:(i+1,), [tf.constant(0)])
tf.while_loop(lambda i: i<3, lambda i:i+1, [tf.constant(0)])
tf.while_loop(lambda i: i<3, lambda i:[i+1], (tf.constant(0),))
tf.while_loop(lambda i: i<3, lambda i:[i+1], [0])
tf.while_loop(lambda i: i<3, lambda i:[i+1], [])
tf.while_loop(3, lambda i:[i+1], [])
tf.while_loop(lambda i: i<3, 3, [0])
tf.while_loop(lambda i: i<10, lambda i:[i+1], [tf.constant(0)], maximum_iterations=4)
tf.while_loop(lambda i,j: i<10, lambda i,j:[i+1], [tf.constant(0),tf.constant(1)])
tf.while_loop(lambda i: i<3, lambda i:i+1, tf.constant([0]))
tf.cond(tf.constant(True),lambda:1,lambda:2)
tf.cond(True,lambda:tf.constant(1),lambda:2)
tf.cond(tf.constant([True,False]),lambda:1,lambda:2)
tf.cond(tf.constant(True),1,lambda:2)
tf.cond(tf.constant(True),lambda:1)
tf.cond(tf.constant(1),lambda:1,lambda:2)
tf.cond(tf.constant(True),lambda:(1,[2]),lambda:2)
tf.cond(tf.constant(True),lambda:None,lambda:2)
tf.cond(m[0,0]>3,lambda:m,lambda:m*2)
tf.case([(tf.constant(False),lambda:1),(tf.constant(True),lambda:2)],default=lambda:3)
tf.case([(tf.constant(False),lambda:1)])
tf.case([(False,lambda:1)])
tf.case([(tf.constant(True),lambda:1),(tf.constant(True),lambda:2)],exclusive=True)
tf.case({tf.constant(True).ref():lambda:1})
tf.case([tf.constant(True),lambda:1])
tf.case([(tf.constant(1),lambda:1)])
tf.switch_case(tf.constant(1),[lambda:10,lambda:20])
tf.switch_case(tf.constant(5),[lambda:10,lambda:20])
tf.switch_case(tf.constant(5),[lambda:10,lambda:20],default=lambda:7)
tf.switch_case(1,[lambda:10,lambda:20])
tf.switch_case(tf.constant(1.),[lambda:10,lambda:20])
tf.switch_case(tf.constant(0),{0:lambda:10,2:lambda:20})
tf.map_fn(lambda x:x*2,m)
tf.map_fn(lambda x:(x,x+1),m,fn_output_signature=(tf.float32,tf.float32))
tf.map_fn(lambda x:(x,x+1),m)
tf.map_fn(lambda x:tf.cast(x,tf.int32),m)
tf.map_fn(lambda x:tf.cast(x,tf.int32),m,fn_output_signature=tf.int32)
tf.map_fn(lambda x:x[0]+x[1],(m,m),fn_output_signature=tf.float32)
tf.map_fn(lambda x:x[0]+x[1],(m,m[:2]),fn_output_signature=tf.float32)
tf.map_fn(lambda x:x,tf.constant(1.))
tf.map_fn(lambda x:x,[])
tf.map_fn(lambda x:x,tf.zeros([0,2]))
tf.map_fn(lambda x:3,m,fn_output_signature=tf.int32)
tf.map_fn(lambda x:x+1,np.array([1,2,3]))
tf.map_fn(lambda x:tf.range(x),tf.constant([1,2,3]),fn_output_signature=tf.int32)
tf.scan(lambda a,x:a+x,m)
tf.scan(lambda a,x:a+x,tf.constant([1,2,3]),initializer=10)
tf.scan(lambda a,x:a+x,tf.constant([1,2,3]),reverse=True)
tf.scan(lambda a,x:(a[0]+x,a[1]*x),tf.constant([1,2,3]),initializer=(0,1))
tf.scan(lambda a,x:(a,x),tf.constant([1,2,3]))
tf.foldl(lambda a,x:a*2+x,tf.constant([1,2,3]))
tf.foldr(lambda a,x:a*2+x,tf.constant([1,2,3]))
tf.foldl(lambda a,x:a*2+x,tf.constant([1,2,3]),initializer=5)
tf.vectorized_map(lambda x:x*2,m)
tf.vectorized_map(lambda x:tf.reduce_sum(x),m)
tf.vectorized_map(lambda x:(x[0]+x[1],x[0]),(m,m))
tf.vectorized_map(lambda x:tf.constant(1.),m)
tf.TensorArray(tf.float32,size=3).read(0)
tf.TensorArray(tf.float32,size=3,element_shape=[2]).read(0)
tf.TensorArray(tf.float32).read(0)
tf.TensorArray(tf.float32,size=2).write(5,1.)
tf.TensorArray(tf.float32,size=2).write(-1,1.)
tf.TensorArray(tf.float32,size=2).write(0,tf.constant(1))
tf.TensorArray(tf.float32,size=2).write(0,[1.,2.]).write(1,[1.])
tf.TensorArray(tf.float32,size=2).write(0,[1.,2.]).stack()
tf.TensorArray(tf.float32,size=0,dynamic_size=True).write(3,1.).stack()
tf.TensorArray(tf.float32,size=0,dynamic_size=True).write(3,1.).size()
tf.TensorArray(tf.float32,size=2).unstack(m)
tf.TensorArray(tf.float32,size=3).unstack(m).concat()
tf.TensorArray(tf.float32,size=3).unstack(m).gather([0,2])
tf.TensorArray(tf.float32,size=3).scatter([0,2],m[:2]).stack()
tf.TensorArray(tf.float32,size=0).stack()
tf.TensorArray(tf.float32,size=3).read(-1)
tf.TensorArray(tf.float32,size=3).read(7)
(lambda ta:(ta.read(0),ta.read(0)))(tf.TensorArray(tf.float32,size=3).unstack(m))
tf.TensorArray(tf.float32,size=3).split([1.,2.,3.],[1,1,1]).stack()
tf.TensorArray(tf.float32,size=3).grad('a')
tf.TensorArray(tf.float32,size=3).element_shape, tf.TensorArray(tf.float32,size=3).dtype, tf.TensorArray(tf.float32,size=3).flow
tf.debugging.assert_equal(1,1)
tf.debugging.assert_equal([1,2,3],[1,2,4])
tf.debugging.assert_equal(m,m+1,message='hey')
tf.debugging.assert_equal(m,m+1,summarize=1)
tf.debugging.assert_equal(m,1.)
tf.debugging.assert_equal([1.,2.],[1.,2.,3.])
tf.debugging.assert_none_equal([1,2,3],[1,2,4])
tf.debugging.assert_greater([1,2,3],[1,2,4])
tf.debugging.assert_greater_equal([1,2,3],[1,2,4])
tf.debugging.assert_less([1,2,3],[1,2,4],message='m')
tf.debugging.assert_less_equal([1,2,5],[1,2,4])
tf.debugging.assert_near(1.,1.00000001)
tf.debugging.assert_near(1.,1.1)
tf.debugging.assert_near([1.,2.],[1.1,2.],message='mm',atol=0.01,rtol=0)
tf.debugging.assert_positive([1,-1])
tf.debugging.assert_negative([1.,-1.],message='q')
tf.debugging.assert_non_negative([1,-1])
tf.debugging.assert_non_positive([1,-1])
tf.debugging.assert_all_finite([1.,np.nan],'bad')
tf.debugging.assert_all_finite([1.,2.],'bad')
tf.debugging.check_numerics([1.,np.inf],'bad')
tf.debugging.check_numerics([1.,np.nan,np.inf],'bad')
tf.debugging.check_numerics([1.,-np.inf],'bad')
tf.debugging.check_numerics([1.],'bad')
tf.debugging.check_numerics([1],'bad')
tf.debugging.assert_rank(m,1)
tf.debugging.assert_rank(m,1,message='mm')
tf.debugging.assert_rank(m,2)
tf.debugging.assert_rank_at_least(m,3)
tf.debugging.assert_rank_in(m,[0,1])
tf.debugging.assert_scalar(m)
tf.debugging.assert_scalar(1)
tf.debugging.assert_integer(m)
tf.debugging.assert_integer(1)
tf.debugging.assert_type(m,tf.int32)
tf.debugging.assert_type(m,tf.int32,message='mm')
tf.debugging.assert_type(m,tf.float32)
tf.debugging.assert_same_float_dtype([m,tf.constant(1.,tf.float64)])
tf.debugging.assert_same_float_dtype([m,m])
tf.debugging.assert_same_float_dtype([tf.constant(1)])
tf.debugging.assert_shapes([(m,('N','Q')),(m[0],('N',))])
tf.debugging.assert_shapes([(m,('N','Q')),(m[:2],('N','M'))])
tf.debugging.assert_shapes([(m,(3,4))])
tf.debugging.assert_shapes([(m,('N',))])
tf.debugging.assert_shapes([(m,('N','N','M'))])
tf.debugging.assert_shapes([(m,3)])
tf.debugging.assert_shapes([(m,(...,3))])
tf.debugging.assert_shapes([(m,(3,...))])
tf.debugging.assert_proper_iterable(m)
tf.debugging.assert_proper_iterable(1)
tf.debugging.Assert(False,[m])
tf.debugging.Assert(tf.constant(False),['a',m,1],summarize=2)
tf.debugging.Assert(True,[m])
tf.debugging.is_numeric_tensor(m),tf.debugging.is_numeric_tensor(1)
tf.get_static_value(m)
tf.get_static_value(tf.Variable(1.))
tf.get_static_value(3)
tf.is_tensor(m),tf.is_tensor(tf.Variable(1.)),tf.is_tensor(1),tf.is_tensor(np.array(1))
tf.config.list_physical_devices()
tf.config.list_physical_devices('GPU')
tf.config.list_logical_devices()
tf.config.get_visible_devices()
tf.config.functions_run_eagerly()
tf.config.get_soft_device_placement()
tf.no_op()
tf.group(m)
tf.group()
tf.tuple([m,None])
tf.name_scope(3)
tf.name_scope(None)
tf.py_function(lambda x:x+1,[m],tf.float32)
tf.py_function(lambda x:(x,x+1),[1.],[tf.float32,tf.float32])
tf.py_function(lambda x:None,[1.],[])
tf.numpy_function(lambda x:x+1,[m],tf.float32)
tf.numpy_function(lambda x:(x,x+1),[1.],[tf.float32,tf.float32])
tf.numpy_function(lambda x:x,[1.],tf.int32)
tf.numpy_function(lambda x:1/0,[1.],tf.float32)
tf.numpy_function(lambda x,y:np.float64(1),[1.,2],tf.float32)
tf.py_function(lambda x,y:x*tf.cast(y,tf.float32),[1.,2],tf.float32)
tf.inside_function()
tf.get_current_name_scope()
tf.Module(name='1a')
tf.Module(name='a b')
tf.Module(name='ab').name
tf.function(autograph=False,func=lambda x:[x,3,None,'a',(1.,)])(m[0,0])
tf.function(autograph=False,func=lambda x:{'b':x,'a':1})(m[0,0])
tf.function(autograph=False,func=lambda x:x.shape)(m)
tf.function(autograph=False,func=lambda x:x, input_signature=[tf.TensorSpec([None],tf.float32)])(tf.constant([1,2]))
tf.function(autograph=False,func=lambda x:x, input_signature=[tf.TensorSpec([None],tf.float32)])([1,2])
tf.function(autograph=False,func=lambda x:x, input_signature=[tf.TensorSpec([None],tf.float32)])(m)
tf.function(autograph=False,func=lambda x:x, input_signature=[tf.TensorSpec([2],tf.float32)])(tf.constant([1.,2.,3.]))
tf.function(3)
tf.TensorSpec([None,2],tf.float32,name='x')
tf.TensorSpec([None,2]).shape
tf.nest.map_structure(lambda x: x * 2, Pair(1, [2, 3]))
tf.nest.flatten(Pair(x, {"b": 1, "a": v}))
tf.nest.assert_same_structure(Pair(1, 2), (1, 2))
tf.nest.assert_same_structure(Pair(1, 2), Pair(1, [2]))
tf.nest.pack_sequence_as(Pair(1, [2]), [5, 6])
tf.nest.pack_sequence_as(collections.OrderedDict([("b", 1), ("a", 2)]), [5, 6])
tf.while_loop(lambda i, p: i < 4, lambda i, p: (i + 1, p * s), [tf.constant(0), v])
tf.scan(lambda a, e: a * e, m, reverse=True)
tf.foldl(lambda a, e: a * e + e, m)
tf.map_fn(lambda row: row * row, m)
tf.vectorized_map(lambda row: tf.reduce_sum(row) * row, m)
tf.switch_case(tf.constant(1), [lambda: x, lambda: x * s])
tf.cond(s > 1.0, lambda: x * 2.0, lambda: x)
tf.py_function(lambda t: t * t, [x], tf.float32)
tf.numpy_function(lambda t: t * t, [x], tf.float32)
"""


class Leaf(tf.Module):
    def __init__(self, name=None):
        super().__init__(name=name)
        self.z = [tf.Variable(1.0, name="z0"), tf.Variable(2.0, name="z1", trainable=False)]
        self.b = {"k": tf.Variable(3.0, name="k"), "a": tf.Variable(4.0, name="a")}
        self.again = self.z[0]

    @tf.Module.with_name_scope
    def make(self):
        self.w = tf.Variable(5.0, name="w")
        self.anonymous = tf.Variable(6.0)
        return self.w * 2.0


@case
def module_and_its_parts():
    tree = tf.Module("tree")
    tree.leaf, tree.more = Leaf(), [Leaf("other"), {"deep": Leaf()}]
    made = tree.leaf.make()
    return [made, [[v.name for v in part] for part in (tree.variables, tree.trainable_variables, tree.non_trainable_variables)],
            [one.name for one in tree.submodules], tree.name, tree.leaf.name, tree.leaf.name_scope.name]


@case
def modules_with_wrong_names():
    tf.Module(name="1a")


@case
def scopes_and_names():
    with tf.name_scope("a") as a:
        with tf.name_scope("b") as b:
            v, current = tf.Variable(1.0, name="v"), tf.get_current_name_scope()
        with tf.name_scope("x/") as x:
            w = tf.Variable(1.0)
    return [a, b, x, v.name, w.name, current, tf.get_current_name_scope()]


@case
def function_traces_once_for_each_kind():
    @tf.function(autograph=False)
    def f(x):
        print("tracing")
        return x + x

    results = [f(tf.constant(1)), f(tf.constant(2)), f(tf.constant(1.0)), f(tf.constant([1.0])), f(3), f(3), f(np.float32(4.0))]
    return results, f.experimental_get_tracing_count()


@case
def function_of_a_module():
    class Scale(tf.Module):
        def __init__(self):
            super().__init__()
            self.w = tf.Variable(2.0)

        @tf.function(autograph=False)
        def __call__(self, x):
            return {"y": self.w * x, "n": 1, "none": None, "pair": (x, [1.5])}

    one, x = Scale(), tf.constant(3.0)
    with tf.GradientTape() as tape:
        out = one(x)
    return out, tape.gradient(out["y"], one.w)


@case
def function_with_a_signature():
    @tf.function(autograph=False, input_signature=[tf.TensorSpec([None], tf.float32)])
    def f(x):
        return x * 2.0

    results = [f(tf.constant([1.0])), f([1, 2])]
    for wrong in (tf.constant([1, 2]), tf.constant([[1.0]])):
        try:
            f(wrong)
        except TypeError as problem:
            results.append(problem)
    return results


@case
def function_with_wrong_arguments():
    f = tf.function(lambda x, y=2: x, autograph=False)
    results = []
    for call in (lambda: f(), lambda: f(1, 2, 3), lambda: f(z=1), lambda: tf.function(3)):
        try:
            call()
        except TypeError as problem:
            results.append(problem)
    return results


@case
def function_calls_out():
    @tf.function(autograph=False)
    def f(x):
        return tf.numpy_function(lambda a: a * 2.0, [x], tf.float32) + tf.py_function(lambda t: t + 1.0, [x], tf.float32)

    return f(tf.constant(1.0))


@case
def array_through_a_loop():
    x = tf.Variable([1.0, 2.0, 3.0])
    with tf.GradientTape() as tape:
        array = tf.TensorArray(tf.float32, size=3)
        for i in range(3):
            array = array.write(i, x[i] * x[i])
        total = tf.reduce_sum(array.stack() * [1.0, 10.0, 100.0])
    return total, tape.gradient(total, x)


@case
def array_whose_writes_are_kept():
    array = tf.TensorArray(tf.float32, size=0, dynamic_size=True, clear_after_read=False)
    array = array.write(0, 1.0).write(2, 3.0)
    return [array.size(), array.read(2), array.read(2), array.stack(), array.gather([2, 0]), array.dtype, array.dynamic_size]


@case
def shapes_that_are_asserted():
    x = tf.zeros((2, 3))
    results = []
    for shapes in ([(x, ("N", "M"))], [(x, ("N", "N"))], [(x, (2, 4))], [(x, ("N",))], [(x, (..., 3))], [(x, 3)]):
        try:
            results.append(tf.debugging.assert_shapes(shapes))
        except ValueError as problem:
            results.append(problem)
    return results


@case
def paths_of_what_was_saved():
    import os
    v = tf.Variable(3.0)
    checkpoint = tf.train.Checkpoint(v=v)
    path = checkpoint.write("./first_ck")
    v.assign(5.0)
    checkpoint.read("first_ck")
    found = os.path.exists("first_ck.index"), os.path.exists("./first_ck.index"), os.path.exists("second_ck.index")
    for file in ("first_ck.index", "first_ck.data-00000-of-00001"):
        if os.path.exists(file):
            try:
                os.remove(file)
            except OSError:
                pass
    return path, v.numpy(), found


@case
def a_name_that_is_no_text():
    return tf.Variable(1.0, name="\ud800")


@case
def names_of_functions():
    found = (tf.add, tf.abs, tf.norm, tf.where, tf.transpose, tf.random.normal, tf.nn.softmax, tf.argmax, tf.concat,
             tf.linalg.norm, tf.nn.conv2d, tf.image.resize, tf.strings.split, tf.debugging.assert_rank, tf.reduce_logsumexp, tf.sort)
    return [one.__name__ for one in found]
