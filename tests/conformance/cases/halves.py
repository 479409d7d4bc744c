# SPDX-License-Identifier: Apache-2.0
# Activations of halves, each step of which is rounded. Each line is a case (see expressions.py), compared bit for bit.
EXPRESSIONS = """
tf.nn.elu(tf.cast(v, tf.float16))
tf.nn.elu(tf.cast(v, tf.bfloat16))
tf.nn.selu(tf.cast(v, tf.float16))
tf.nn.selu(tf.cast(v, tf.bfloat16))
tf.nn.elu(tf.cast(tf.linspace(-3.0, 2.0, 41), tf.float16))
tf.nn.elu(tf.cast(tf.linspace(-3.0, 2.0, 41), tf.bfloat16))
tf.nn.selu(tf.cast(tf.linspace(-3.0, 2.0, 41), tf.float16))
tf.nn.selu(tf.cast(tf.linspace(-3.0, 2.0, 41), tf.bfloat16))
tf.nn.relu6(tf.cast(v * 4.0, tf.float16))
tf.nn.leaky_relu(tf.cast(v, tf.bfloat16))
"""
