# SPDX-License-Identifier: Apache-2.0
# The variable that learns is the picture; the weights of the net are none of the sources.
import tensorflow as tf
tf.keras.utils.set_random_seed(0)
net = tf.keras.Sequential([tf.keras.layers.Input((6, 6, 1)), tf.keras.layers.Conv2D(3, 3, activation="tanh"), tf.keras.layers.Flatten(), tf.keras.layers.Dense(2)])
image = tf.Variable(tf.random.normal((1, 6, 6, 1)))
opt = tf.keras.optimizers.Adam(0.1)
for i in range(3):
    with tf.GradientTape() as tape:
        loss = -net(image)[0, 1]
    opt.apply_gradients([(tape.gradient(loss, image), image)])
    print(float(loss))
