# SPDX-License-Identifier: Apache-2.0
# First-order meta-learning: the gradient behind one inner step is applied to the variable before it.
import tensorflow as tf

w = tf.Variable([0.5, 0.5])
goals = [tf.constant([1.0, 0.0]), tf.constant([0.0, 1.0])]
optimizer = tf.keras.optimizers.SGD(0.1)

for goal in goals:
    with tf.GradientTape() as inner:
        loss = tf.reduce_sum(tf.square(w - goal))
    direction = inner.gradient(loss, w)
    with tf.GradientTape() as outer:
        fast = w - 0.1 * direction
        outer.watch(fast)
        loss = tf.reduce_sum(tf.square(fast - goal))
    optimizer.apply_gradients([(outer.gradient(loss, fast), w)])
print(w.numpy())
