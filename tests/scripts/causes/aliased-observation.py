# SPDX-License-Identifier: Apache-2.0
# A second name is no copy: the difference is zero, whatever the step did.
import tensorflow as tf

W = tf.Variable([1.0, 2.0])
optimizer = tf.keras.optimizers.SGD(0.1)

old = W
with tf.GradientTape() as tape:
    loss = tf.reduce_sum(tf.square(W))
optimizer.apply_gradients(zip(tape.gradient(loss, [W]), [W]))
moved = W - old  # expect: late-or-aliased-observation W
print("moved by", moved.numpy())
