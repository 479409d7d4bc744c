# SPDX-License-Identifier: Apache-2.0
# After the training the model is used outside any tape, and its variables are printed.
import tensorflow as tf

W = tf.Variable([[0.1], [0.2]])
b = tf.Variable([0.0])
x = tf.constant([[1.0, 2.0], [3.0, 4.0]])
t = tf.constant([[5.0], [11.0]])
optimizer = tf.keras.optimizers.SGD(0.005)


def model(inputs):
    return tf.matmul(inputs, W) + b


for step in range(4):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(x) - t))
    gradients = tape.gradient(loss, [W, b])
    optimizer.apply_gradients(zip(gradients, [W, b]))

after = tf.reduce_mean(tf.square(model(x) - t))
copied = tf.matmul(x, tf.constant(W.numpy())) + tf.constant(b.numpy())
print("loss", loss.numpy(), "then", after.numpy())
print("W", W.numpy())
print("prediction", copied.numpy(), "with", W.numpy())
