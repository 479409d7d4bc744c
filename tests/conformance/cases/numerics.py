# SPDX-License-Identifier: Apache-2.0
"""tf.debugging.enable_check_numerics: each operation that makes what is not finite raises. Each line of LINES is a case."""


def checked(function):
    tf.debugging.enable_check_numerics()
    try:
        return function()
    finally:
        tf.debugging.disable_check_numerics()


def root():
    v = tf.Variable([0.0, 4.0])
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.sqrt(v))
    return tape.gradient(y, v)


def dense():
    layer = tf.keras.layers.Dense(2, kernel_initializer=lambda shape, dtype: tf.constant([[0.5, -2.0]]))
    return layer(tf.constant([[float("inf")]]))


def off():
    checked(lambda: 1)
    return tf.math.log([0.0])


LINES = """
tf.debugging.enable_check_numerics(), tf.debugging.disable_check_numerics()
checked(lambda: tf.math.log(tf.constant([0.0,1.0])))
checked(lambda: tf.math.log(tf.constant([2.0,1.0])))
checked(lambda: tf.constant([1.0,float('nan')]))
checked(lambda: tf.constant([1.0,float('inf')])+1)
checked(lambda: tf.constant(1.0)/0.0)
checked(lambda: tf.constant([[1.0,0.0,-1.0]])/0.0)
checked(lambda: tf.constant([1.0,-1.0])/0.0)
checked(lambda: tf.constant([-1.0,0.0])/tf.zeros([2]))
checked(lambda: tf.divide(tf.zeros([2,3]),0.0))
checked(lambda: tf.cast([1e10],tf.float16))
checked(lambda: tf.exp(tf.constant([100.0]*5)))
checked(lambda: tf.exp(tf.constant([1000.0],tf.float64)))
checked(lambda: tf.exp(tf.constant([100.0],tf.bfloat16)*10))
checked(lambda: tf.identity(float('nan')))
checked(lambda: tf.reshape(tf.constant([float('inf')]),[1,1]))
checked(lambda: tf.maximum(tf.constant([float('inf')]),0.0))
checked(lambda: tf.complex(float('nan'),0.0))
checked(lambda: tf.stack([tf.constant(float('inf')),1.0]))
checked(lambda: tf.unstack(tf.constant([1.0,float('inf')])))
checked(root)
checked(dense)
off()
"""
for line in LINES.strip().splitlines():
    @case(line)
    def expression(line=line):
        return eval(line, globals())
