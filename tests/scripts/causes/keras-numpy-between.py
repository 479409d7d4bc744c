# SPDX-License-Identifier: Apache-2.0
# The first layer goes through numpy.
import tensorflow as tf
from tensorflow import keras
keras.utils.set_random_seed(0)
model = keras.Sequential([keras.layers.Dense(4, activation="relu", use_bias=False), keras.layers.Dense(1)])
x = tf.random.normal((16, 3)); y = tf.reduce_sum(x, 1, keepdims=True)
opt = keras.optimizers.Adam(0.01)
for step in range(3):
    with tf.GradientTape() as tape:
        hidden = model.layers[0](x).numpy()  # expect: left-tensorflow model.layers[0].kernel
        pred = model.layers[1](hidden)
        loss = tf.reduce_mean(tf.square(pred - y))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    print(step, float(loss))
