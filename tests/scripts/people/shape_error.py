# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf

W = tf.Variable(tf.ones([3, 2]))
x = tf.ones([4, 2])
print("before")
y = tf.matmul(x, W)
print("never")
