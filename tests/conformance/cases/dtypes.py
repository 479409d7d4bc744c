# SPDX-License-Identifier: Apache-2.0
# Dtypes: what they are, convert to and compare with; casts and bits.
LINES = r"""
tf.half, tf.double, tf.bool, tf.string
tf.as_dtype('float'), tf.as_dtype('double'), tf.as_dtype('half')
tf.as_dtype('int')
tf.as_dtype('complex')
tf.as_dtype('str')
tf.as_dtype('string'), tf.as_dtype('bool'), tf.as_dtype('uint8')
tf.as_dtype(float), tf.as_dtype(bool)
tf.as_dtype(int)
tf.as_dtype(np.float32(1))
tf.as_dtype(np.array([1.]))
tf.as_dtype(1), tf.as_dtype(3), tf.as_dtype(9)
tf.as_dtype(0)
tf.as_dtype(99)
tf.as_dtype(None)
tf.as_dtype([1])
tf.as_dtype(tf.constant(1.))
tf.as_dtype(3.0)
tf.as_dtype(2.5)
tf.DType(1)
np.float32 == tf.float32, 'float32'==tf.float32, np.dtype('float32')==tf.float32
hash(tf.float32), hash(tf.string)
tf.float32 in [tf.float32], tf.float32 in {tf.float32:1}, 'float32' in {tf.float32:1}
tf.float32 is tf.as_dtype('float32')
tf.int32.min, type(tf.int32.min), tf.float32.max, type(tf.float32.max), tf.uint8.limits
tf.string.min
tf.string.max
tf.bool.limits
tf.complex64.min
tf.string.limits
tf.float32.limits
f"{tf.float32}", "%s %r" % (tf.int8, tf.int8), str(tf.bool)
tf.float32 < tf.float64
tf.dtypes.cast([1.7],tf.int32)
tf.dtypes.as_dtype('int8')
tf.dtypes.saturate_cast([300.,-5.,1.5],tf.uint8)
tf.saturate_cast([300,-300],tf.int8)
tf.saturate_cast([1e10,-1e10],tf.int32)
tf.saturate_cast([1e300],tf.float32)
tf.saturate_cast([float('nan')],tf.int32)
tf.saturate_cast([1+2j],tf.float32)
tf.saturate_cast([1],tf.string)
tf.dtypes.complex(1.,2.)
tf.bitcast([1.],tf.int32)
tf.bitcast([1,2],tf.float32)
tf.bitcast(tf.constant([1.,2.]),tf.uint8)
tf.bitcast(tf.constant([[1,2,3,4]],tf.uint8),tf.int32)
tf.bitcast(tf.constant([1,2,3],tf.uint8),tf.int32)
tf.bitcast(tf.constant(1,tf.uint8),tf.int32)
tf.bitcast(tf.constant([1.]),tf.float64)
tf.bitcast(tf.constant([1.,2.]),tf.complex64)
tf.bitcast(tf.constant([1.]),tf.string)
tf.bitcast(tf.constant([1.]),tf.bool)
tf.bitcast(tf.constant([True]),tf.uint8)
tf.bitcast(tf.constant([1.]),'int32')
tf.cast('1',tf.int32)
tf.cast([1,2],'float32')
tf.cast(1.5,int)
tf.cast(1.5,float)
tf.cast(1.5,bool)
tf.cast(tf.constant(1+2j),tf.float32)
tf.cast(1.5,tf.float32)
tf.cast([1.5,None],tf.float32)
tf.cast(tf.Variable(1.5),tf.int32)
tf.cast(tf.constant([1.5]),"foo")
tf.cast(np.array([1.5]),tf.float32)
tf.cast(x=1,dtype=tf.float16)
"""


def shown(text):
    """What an expression is, and how it prints."""
    value = eval(text, {"tf": tf, "np": np})
    return [value, repr(value), str(value)]


for line in LINES.strip().splitlines():
    case(line)(lambda line=line: shown(line))
