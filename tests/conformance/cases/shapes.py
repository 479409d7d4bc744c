# SPDX-License-Identifier: Apache-2.0
# tf.TensorShape and tf.TensorSpec: what is known of a shape, and what is said where shapes do not agree.
LINES = r"""
tf.TensorShape([2, 3])
tf.TensorShape([None, 3])
tf.TensorShape(None)
tf.TensorShape([])
tf.TensorShape(5)
tf.TensorShape([2.5])
tf.TensorShape("ab")
tf.TensorShape([-1])
tf.TensorShape(tf.constant([2, 3]))
tf.TensorShape((2, 3)) == [2, 3]
tf.TensorShape([2, 3]) == (2, 3)
tf.TensorShape([2, 3]) == 5
tf.TensorShape([2, 3]) == "a"
tf.TensorShape([2, None]) == tf.TensorShape([2, None])
tf.TensorShape([2, 3]) != [2, 4]
tf.TensorShape(None) == tf.TensorShape(None)
tf.TensorShape([2, 3]).rank
tf.TensorShape(None).rank
tf.TensorShape([2, 3]).ndims
tf.TensorShape([2, None]).dims
tf.TensorShape(None).dims
tf.TensorShape([2, None]).as_list()
tf.TensorShape(None).as_list()
tf.TensorShape([2, 3]).num_elements()
tf.TensorShape([2, None]).num_elements()
tf.TensorShape(None).num_elements()
tf.TensorShape([2, 3]).is_fully_defined()
tf.TensorShape([2, None]).is_fully_defined()
tf.TensorShape([2, 3])[0]
tf.TensorShape([2, 3])[-1]
tf.TensorShape([2, 3])[5]
tf.TensorShape([2, 3, 4])[1:]
tf.TensorShape([2, 3, 4])[:-1]
tf.TensorShape([2, 3, 4])[::2]
tf.TensorShape(None)[0]
tf.TensorShape(None)[1:]
tf.TensorShape(None)[1:3]
tf.TensorShape(None)[::2]
len(tf.TensorShape([2, 3]))
len(tf.TensorShape(None))
list(tf.TensorShape([2, None]))
list(tf.TensorShape(None))
bool(tf.TensorShape([])), bool(tf.TensorShape(None))
hash(tf.TensorShape([2, 3])) == hash((2, 3))
tf.TensorShape([2]) + [3]
[1] + tf.TensorShape([2])
(1,) + tf.TensorShape([2])
tf.TensorShape([2]) + tf.TensorShape(None)
tf.TensorShape([2]).concatenate(3)
tf.TensorShape([2, None]).merge_with([2, 3])
tf.TensorShape([2, None]).merge_with([3, 3])
tf.TensorShape([2]).merge_with([2, 3])
tf.TensorShape(None).merge_with([2, 3])
tf.TensorShape([2, None]).is_compatible_with([2, 3])
tf.TensorShape([2, None]).is_compatible_with([3, 3])
tf.TensorShape([2]).is_compatible_with([2, 3])
tf.TensorShape([2]).assert_is_compatible_with([3])
tf.TensorShape([2]).assert_same_rank([2, 3])
tf.TensorShape([2]).assert_has_rank(2)
tf.TensorShape([None]).assert_is_fully_defined()
tf.TensorShape([2]).with_rank(1)
tf.TensorShape([2]).with_rank(2)
tf.TensorShape(None).with_rank(2)
tf.TensorShape([2]).with_rank_at_least(2)
tf.TensorShape([2, 3]).with_rank_at_most(1)
tf.TensorShape([2, 3]).most_specific_compatible_shape([2, 4])
tf.TensorShape([2, 3]).most_specific_compatible_shape([2])
tf.TensorShape([2, 3]).is_subtype_of(tf.TensorShape([None, 3]))
tf.TensorShape([None, 3]).is_subtype_of(tf.TensorShape([2, 3]))
f"{tf.TensorShape([2, None])} {tf.TensorShape([2])} {tf.TensorShape([])} {tf.TensorShape(None)}"
"%s" % tf.TensorShape([None])
tuple(tf.TensorShape([2, 3]))
tf.TensorShape([2, 3]) in [(2, 3)]
2 in tf.TensorShape([2, 3])
tf.zeros([2, 3]).shape
tf.zeros([2, 3]).shape[0]
tf.zeros([2, 3]).shape == (2, 3)
tf.zeros([2, 3]).shape.as_list()
tf.zeros(tf.TensorShape([2, 2]))
tf.reshape(tf.range(4), tf.TensorShape([2, 2]))
tf.Variable([1.0, 2.0]).shape
tf.TensorSpec([2, 3])
tf.TensorSpec([None], tf.int32, name="x")
tf.TensorSpec(None, "float64")
tf.TensorSpec([2], tf.int32).shape
tf.TensorSpec([2], tf.int32).dtype
tf.TensorSpec([2], tf.int32).name
tf.TensorSpec([2]) == tf.TensorSpec([2])
tf.TensorSpec([2]) == tf.TensorSpec([2], name="a")
tf.TensorSpec([None, 3]).is_compatible_with(tf.zeros([2, 3]))
tf.TensorSpec([None, 3]).is_compatible_with(tf.zeros([2, 4]))
tf.TensorSpec([None], tf.int32).is_compatible_with(tf.zeros([2]))
tf.TensorSpec.from_tensor(tf.constant([1, 2]))
tf.TensorSpec.from_tensor(tf.constant([1, 2]), name="n")
tf.TensorSpec.from_tensor(5)
tf.TensorSpec.from_spec(tf.TensorSpec([2], name="a"), name="b")
tf.TensorSpec([1], tf.float32).is_subtype_of(tf.TensorSpec([None], tf.float32))
tf.TensorSpec([1], "foo")
"""


def shown(text):
    """What an expression is, and how it prints."""
    value = eval(text, {"tf": tf, "np": np})
    return [value, repr(value), str(value)]


for line in LINES.strip().splitlines():
    case(line)(lambda line=line: shown(line))
