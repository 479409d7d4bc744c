# SPDX-License-Identifier: Apache-2.0
"""Classes that are drawn, and the losses over them; embeddings of sparse rows. Each line of LINES is a case; each loss is
differentiated."""


def network():
    tf.random.set_seed(5)
    return [tf.Variable(tf.random.normal(shape)) for shape in ([20, 4], [20], [6, 4])]


def loss(function, labels, **options):
    weights, biases, embedding = network()
    with tf.GradientTape() as tape:
        inputs = tf.nn.embedding_lookup(embedding, [1, 5, 5])
        found = function(weights, biases, labels, inputs, **options)
        mean = tf.reduce_mean(found)
    return found, *(tf.convert_to_tensor(one) for one in tape.gradient(mean, [weights, biases, embedding]))


def twice(function, *given, **options):
    tf.random.set_seed(None)
    return function(*given, **options), function(*given, **options)


def seeded(function, *given, **options):
    tf.random.set_seed(3)
    return function(*given, **options)


def rows(weighted=True, ids=(1, 3, 0, 1), **options):
    """Sums of embeddings, and their gradient."""
    places = [[0, 0], [0, 1], [1, 0], [3, 2]]
    sparse = tf.SparseTensor(places, tf.constant(ids, tf.int64), [4, 3])
    weights = tf.SparseTensor(places, [2.0, 0.5, 1.0, 3.0], [4, 3]) if weighted else None
    safe = options.pop("safe", False)
    table = tf.Variable(tf.reshape(tf.range(12, dtype=tf.float32), [4, 3]))
    with tf.GradientTape() as tape:
        if safe:
            found = tf.nn.safe_embedding_lookup_sparse(table, sparse, weights, **options)
        else:
            found = tf.nn.embedding_lookup_sparse(table, sparse, weights, **options)
        total = tf.reduce_sum(found**2)
    slices = tape.gradient(total, table)
    return found, slices.values, slices.indices


Y = tf.constant([[3], [0], [7]])
Y2 = tf.constant([[3, 1], [0, 2], [7, 7]])
LINES = """
twice(tf.random.log_uniform_candidate_sampler,[[1],[4]],1,4,True,12,seed=42)
twice(tf.random.log_uniform_candidate_sampler,[[1],[4]],1,4,False,12,seed=7)
twice(tf.random.uniform_candidate_sampler,[[1,2],[4,0]],2,5,True,9,seed=7)
twice(tf.random.uniform_candidate_sampler,tf.constant([[1,2],[4,0]],tf.int64),2,5,False,5,seed=42)
seeded(tf.random.log_uniform_candidate_sampler,[[1],[4]],1,8,True,100)
seeded(tf.random.uniform_candidate_sampler,[[1]],num_true=1,num_sampled=3,unique=True,range_max=3)
seeded(tf.random.log_uniform_candidate_sampler,tf.zeros([0,1],tf.int64),1,3,True,10)
tf.random.log_uniform_candidate_sampler([[1],[4]],1,4,True,3)
tf.random.log_uniform_candidate_sampler(tf.constant([[1],[4]],tf.int64),1,4,True,3)
tf.random.log_uniform_candidate_sampler([1,4],1,4,True,30)
tf.random.log_uniform_candidate_sampler([[1],[4]],2,4,True,30)
tf.random.log_uniform_candidate_sampler([[1.5],[4]],1,4,True,30)
tf.random.uniform_candidate_sampler([[-1]],1,3,True,8)
tf.random.log_uniform_candidate_sampler([[9]],1,3,True,8,seed=3)
loss(tf.nn.nce_loss,tf.constant([[-1],[0],[7]]),num_sampled=6,num_classes=20)
twice(tf.random.log_uniform_candidate_sampler,[[3]],1,4,True,20,seed=9)
tf.nn.compute_accidental_hits([[1,2],[4,0]],[0,1,5,2],2)
tf.nn.compute_accidental_hits([[1,2],[4,0]],[9,7],2)
tf.nn.compute_accidental_hits([[1,2],[4,0]],[9,7],1)
rows(True,combiner='sum')
rows(True,combiner='sum',safe=True)
rows(True,combiner='mean')
rows(True,combiner='mean',safe=True)
rows(True,combiner='sqrtn')
rows(True,combiner='sqrtn',safe=True)
rows(False,combiner='sum')
rows(False,combiner='sum',safe=True)
rows(False,combiner='mean')
rows(False,combiner='mean',safe=True)
rows(False,combiner='sqrtn')
rows(False,combiner='sqrtn',safe=True)
rows(max_norm=1.0)
rows(False,ids=(-1,2,0,-1),safe=True)
rows(False,safe=True,default_id=2)
rows(combiner='max')
tf.nn.embedding_lookup_sparse(tf.zeros([3,2]),[1,2],None)
tf.nn.embedding_lookup_sparse(tf.ones([3,2]),tf.ragged.constant([[1,2],[0]]),None,combiner='sum')
tf.nn.safe_embedding_lookup_sparse([],tf.sparse.from_dense([[1,2]]))
tf.nn.embedding_lookup_sparse(tf.zeros([3,2]))
tf.nn.safe_embedding_lookup_sparse(tf.zeros([3,2]),ids=3)
loss(tf.nn.nce_loss,Y,num_sampled=6,num_classes=20)
loss(tf.nn.nce_loss,Y2,num_sampled=5,num_classes=20,num_true=2,remove_accidental_hits=True)
loss(tf.nn.sampled_softmax_loss,Y,num_sampled=6,num_classes=20,seed=4)
loss(tf.nn.sampled_softmax_loss,Y2,num_sampled=5,num_classes=20,num_true=2,remove_accidental_hits=False)
loss(tf.nn.nce_loss,Y,num_sampled=3,num_classes=20,sampled_values=tf.random.uniform_candidate_sampler(Y.numpy().tolist(),1,3,True,20,seed=9))
loss(tf.nn.nce_loss,[3,0,7],num_sampled=6,num_classes=20)
loss(tf.nn.nce_loss,Y,num_sampled=25,num_classes=20)
"""
for line in LINES.strip().splitlines():
    @case(line)
    def expression(line=line):
        return eval(line, globals())
