# SPDX-License-Identifier: Apache-2.0
# Functions of tensors that get ragged and sparse ones, and sets. Each line is a case.


def made():
    digits = tf.ragged.constant([[3, 1, 4, 1], [], [5, 9, 2], [6], []])
    deep = tf.ragged.constant([[[1, 2, 3], [4]], [[5], [], [6]], [[7]], [[8, 9], [10]]])
    sparse = tf.sparse.from_dense([[1, 0, 0, 8], [0, 0, 0, 0], [0, 0, 3, 0]])
    return {"digits": digits, "deep": deep, "st": sparse, "floats": tf.cast(digits, tf.float32),
            "words": tf.ragged.constant([["So", "long"], ["thanks", "for", "all", "the", "fish"]])}


LINES = r"""
tf.tile(digits,[1,2])
tf.tile(digits,[2,1])
tf.gather(digits,[2,0])
tf.gather(deep,[3,1])
tf.gather(digits,tf.ragged.constant([[2],[0,0]]))
tf.reverse(digits,[1])
tf.reverse(deep,[0,2])
tf.split(digits,[2,3])
tf.split(digits,5)
tf.dynamic_partition(digits,[0,1,0,1,0],2)
tf.expand_dims(digits,0)
tf.expand_dims(digits,1)
tf.expand_dims(digits,-1)
tf.squeeze(tf.expand_dims(digits,0),0)
tf.where(digits>2)
tf.where(digits>2,digits,0)
tf.where(digits>2,0,digits)
tf.nn.softmax(floats)
tf.math.reduce_variance(floats,axis=1)
tf.math.reduce_std(floats,axis=1)
tf.math.unsorted_segment_sum(digits,[0,0,1,1,2],3)
tf.map_fn(tf.math.square,digits)
tf.map_fn(tf.reduce_sum,digits,fn_output_signature=tf.int32)
tf.clip_by_value(digits,1,3)
tf.one_hot(digits,3)
tf.strings.substr(words,0,2)
tf.strings.join([words,words],separator='-')
tf.strings.reduce_join(words,axis=-1,separator=' ')
tf.strings.upper(words)
tf.ragged.row_splits_to_segment_ids([0,3,3,5])
tf.ragged.segment_ids_to_row_splits([0,0,0,2,2])
tf.ragged.stack_dynamic_partitions(['a','b','c','d','e'],[3,0,1,1,3],4)
tf.RaggedTensor.from_nested_row_splits([3,1,4,1,5,9,2],[[0,2,3],[0,4,4,7]])
tf.RaggedTensor.from_nested_row_lengths([3,1,4,1,5,9,2],[[2,1],[4,0,3]])
tf.RaggedTensor.from_nested_value_rowids([3,1,4,1,5,9,2],[[0,0,1],[0,0,0,0,2,2,2]])
deep.nested_value_rowids()
deep.with_row_splits_dtype(tf.int32).row_splits
str(tf.RaggedTensor.from_uniform_row_length(tf.ragged.constant([[10,11,12],[13,14],[15,16,17,18],[19]]),2))
str(tf.type_spec_from_value(deep))
str(tf.type_spec_from_value(st))
str(tf.type_spec_from_value([1,2]))
tf.sparse.softmax(tf.cast(st,tf.float32))
tf.sparse.reduce_max(st,1)
tf.sparse.reduce_max(st)
tf.sparse.fill_empty_rows(st,7)
tf.sparse.split(st,2,axis=1)
tf.sparse.split(st,3,axis=0)
tf.sparse.maximum(st,tf.sparse.from_dense([[0,2,0,9],[0,0,0,0],[0,0,-3,0]]))
tf.sparse.minimum(st,tf.sparse.from_dense([[0,2,0,9],[0,0,0,0],[0,0,-3,0]]))
tf.sparse.mask(tf.IndexedSlices([1.,2.],[0,1]),[0])
tf.sparse.reset_shape(st)
tf.sparse.reset_shape(st,[5,6])
tf.sparse.segment_sum([[1.,2.],[3.,4.],[5.,6.]],[0,2],[0,0])
tf.sparse.segment_mean([[1.,2.],[3.,4.],[5.,6.]],[0,2],[0,0])
tf.sparse.segment_sqrt_n([[1.,2.],[3.,4.],[5.,6.]],[0,2],[0,1],num_segments=3)
tf.sets.union([[1,2],[3,3]],[[2,3],[4,1]])
tf.sets.intersection([[1,2],[3,3]],[[2,3],[4,3]])
tf.sets.difference([[1,2],[3,3]],[[2,3],[4,1]])
tf.sets.difference([[1,2],[3,3]],[[2,3],[4,1]],aminusb=False)
tf.sets.size(tf.sets.union([[1,2],[3,3]],[[2,3],[4,1]]))
"""
for line in LINES.strip().splitlines():
    @case(line)
    def expression(line=line):
        return eval(line, {**globals(), **made()})


@case
def gradients_through_rows():
    w = tf.Variable([1.0, 2.0, 3.0, 4.0])
    made = []
    for change in (lambda r: tf.tile(r, [1, 2]), lambda r: tf.gather(r, [1, 0, 1]), lambda r: tf.reverse(r, [1]), tf.nn.softmax):
        with tf.GradientTape() as tape:
            rows = change(tf.RaggedTensor.from_row_lengths(w * 2.0, [1, 3]))
            y = tf.reduce_sum(tf.reduce_sum(rows, axis=1) ** 2 + tf.reduce_max(rows, axis=1))
        made.append(tape.gradient(y, w))
    return made
