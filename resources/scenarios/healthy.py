# SPDX-License-Identifier: Apache-2.0
# lesson: A straight line, learned
# goal: see a training loop in which everything is right
# minutes: 5
import tensorflow as tf

x = tf.constant([[0.0], [1.0], [2.0], [3.0]])
t = tf.constant([[1.0], [3.0], [5.0], [7.0]])
w = tf.Variable([[0.0]], name="w")
b = tf.Variable([0.0], name="b")
optimizer = tf.keras.optimizers.SGD(learning_rate=0.1)

for step in range(40):
    with tf.GradientTape() as tape:
        y = tf.matmul(x, w) + b
        loss = tf.reduce_mean(tf.square(y - t))
    gradients = tape.gradient(loss, [w, b])
    optimizer.apply_gradients(zip(gradients, [w, b]))
    if step % 10 == 9:
        print("after step", step + 1, "w:", w.numpy(), "b:", b.numpy())
