# SPDX-License-Identifier: Apache-2.0
# How tensors and variables print, and how they leave TensorFlow.
LINES = r"""
tf.constant([1,2.5,-0.1,1e30,1e-5,float('nan'),float('inf'),100000,1234567],tf.bfloat16)
tf.constant(1,tf.bfloat16)
tf.constant(1.1,tf.bfloat16)
tf.constant([1,2.5],tf.bfloat16)
tf.constant([[1,2],[3,4]],tf.bfloat16)
tf.constant([[1,2.25],[-3,4]],tf.bfloat16)
tf.constant([1,2.5],tf.bfloat16).numpy()
tf.constant(1.1,tf.bfloat16).numpy()
type(tf.constant(1.1,tf.bfloat16).numpy())
float(tf.constant(1.1,tf.bfloat16))
f"{tf.constant(1.1,tf.bfloat16)}"
f"{tf.constant(1.1,tf.bfloat16):.3f}"
tf.zeros([2000],tf.bfloat16)
tf.constant([0.1,1.5],tf.float16)
tf.constant(0.1,tf.float16)
tf.constant(65504.,tf.float16)
tf.constant(1e-7,tf.float16)
tf.zeros([2000])
tf.range(2000)
tf.zeros([3,2000])
tf.zeros([0])
tf.zeros([2,0])
tf.zeros([0,3],tf.int32)
tf.zeros([2,2,2])
tf.zeros([1,1,1,1])
tf.ones([30,40])
tf.constant(["a","b"])
tf.constant([["a","bc"],["d","e"]])
tf.constant("héllo")
tf.constant(["it's"])
tf.constant([])
tf.constant([True,False])
tf.constant(True)
tf.constant(1+2j)
tf.constant([1+2j,3.5-1j])
tf.constant([1+2j],tf.complex64)
tf.constant(1+2j,tf.complex64)
tf.constant([1.,1e10,1e-10])
tf.constant([1e10])
tf.constant([0.1,0.25,123456.789])
tf.constant(1e-10)
tf.constant(123456789.)
tf.constant(1e16)
tf.constant(1e22)
tf.constant(0.1)
tf.constant(0.1,tf.float64)
tf.constant(1/3)
tf.constant([1/3,2/3],tf.float64)
tf.constant(float('nan'))
tf.constant(-0.0)
tf.constant([float('inf'),-1.5])
tf.constant(255,tf.uint8)
tf.constant([1,2],tf.int8)
tf.constant([1,2],tf.int64)
tf.constant(2**63,tf.uint64)
tf.constant(1,tf.int64)
tf.constant("a")
tf.constant(b"\x00\xff")
tf.Variable(1.)
tf.Variable([1.,2.],name="w")
tf.Variable([[1,2],[3,4]])
tf.Variable("a")
tf.Variable(["a","b"])
tf.Variable(True)
tf.Variable([1.5],dtype=tf.bfloat16)
tf.Variable(tf.zeros([0]))
tf.Variable(1+1j)
tf.Variable([[["a"]]])
f"{tf.constant(1.5)}"
f"{tf.constant(1.5):.3f}"
f"{tf.constant([1.5])}"
f"{tf.constant([1.5]):.3f}"
f"{tf.constant(1.5)!r}"
"%s" % tf.constant(1.5)
"%.2f" % tf.constant(1.5)
"%d" % tf.constant(3)
"{}".format(tf.constant([1,2]))
f"{tf.Variable(1.5)}"
f"{tf.Variable(1.5):.2f}"
str(tf.Variable(1.5))
f"{tf.constant('a')}"
f"{tf.constant('a'):>5}"
f"{tf.constant(3):d}"
f"{tf.constant(3):5d}"
f"{tf.constant(3.0):d}"
round(tf.constant(1.5))
round(tf.constant(1.256),2)
int(tf.constant(1.9))
float(tf.constant(3))
float(tf.constant([3.]))
float(tf.constant([[3.]]))
float(tf.constant([3.,4.]))
int(tf.constant([1,2]))
bool(tf.constant([1,2]))
bool(tf.constant([1]))
bool(tf.constant([]))
bool(tf.constant("a"))
bool(tf.constant(""))
bool(tf.constant(0.))
float(tf.constant("a"))
float(tf.constant("1.5"))
int(tf.constant("12"))
complex(tf.constant(1+2j))
float(tf.constant(1+2j))
int(tf.constant(True))
float(tf.constant(True))
[1,2,3][tf.constant(1)]
[1,2,3][tf.constant(1.)]
range(tf.constant(3))
len(tf.constant([1,2]))
len(tf.constant(1))
list(tf.constant([1,2]))
iter(tf.constant(1))
list(tf.constant(1))
tf.constant([1,2]).numpy().tolist()
hash(tf.constant(1))
{tf.constant(1):1}
tf.constant(1).ref()
tf.constant(1).ref()==tf.constant(1).ref()
tf.constant(1) in [tf.constant(2)]
tf.constant([1,2]) in [tf.constant([1,2])]
1 in tf.constant([1,2])
tf.constant([1,2]).shape
tf.constant([1,2]).ndim
tf.constant([1,2]).rank
tf.constant([1,2]).size
tf.constant([1,2]).T
tf.constant([1,2]).name
tf.constant([1,2]).op
tf.constant([1,2]).graph
tf.constant([1,2]).device
tf.constant([1,2]).dtype
tf.constant([1,2]).get_shape()
tf.constant([1,2]).set_shape([2])
tf.constant([1,2]).set_shape([3])
tf.constant([1,2]).eval()
tf.constant([1,2]).value_index
tf.constant([1,2]).backing_device
tf.constant([1,2]).cpu()
tf.constant([1,2]).is_packed
tf.constant([1,2]).foo
tf.constant([1,2]).__array__()
tf.constant([1,2]).__array__(np.float32)
np.array(tf.constant([1,2]))
np.asarray(tf.constant([1,2]),np.float64)
np.add(tf.constant([1,2]),1)
np.sum(tf.constant([1,2]))
np.array([tf.constant(1),tf.constant(2)])
np.array("a")==tf.constant("a")
type(tf.constant(1))
type(tf.constant(1).shape)
tf.constant([1,2])[0]
tf.constant(5).numpy()
type(tf.constant(5).numpy())
type(tf.constant("a").numpy())
type(tf.constant(["a"]).numpy())
tf.constant(["a"]).numpy()
tf.constant(True).numpy()
type(tf.constant(True).numpy())
divmod(tf.constant(7),tf.constant(2))
abs(tf.constant(-1))
-tf.constant([1,2])
+tf.constant(1)
~tf.constant(True)
~tf.constant(1)
not tf.constant(True)
tf.constant(2)**3
tf.constant(7)//2
tf.constant(-7)//2
tf.constant(-7)%3
tf.constant(7)/2
tf.constant(7,tf.int64)/2
tf.constant(7,tf.uint8)/tf.constant(2,tf.uint8)
tf.constant(1)/0
tf.constant(1)//0
tf.constant(1)%0
tf.constant(1.)/0
tf.constant([1,2])@tf.constant([1,2])
tf.constant(True)*tf.constant(True)
tf.constant(True)+1
tf.constant(True)|False
tf.constant(True)^True
tf.constant(6)&3
tf.constant(1)<<2
tf.constant(1) and 2
"""


def shown(text):
    """What an expression is, and how it prints."""
    value = eval(text, {"tf": tf, "np": np})
    return [value, repr(value), str(value)]


for line in LINES.strip().splitlines():
    case(line)(lambda line=line: shown(line))
