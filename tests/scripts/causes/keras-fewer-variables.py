# SPDX-License-Identifier: Apache-2.0
# Half of the generator is applied.
import tensorflow as tf
from tensorflow import keras
keras.utils.set_random_seed(0)
gen = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(4), keras.layers.Dense(3)])
disc = keras.Sequential([keras.layers.Input((3,)), keras.layers.Dense(4), keras.layers.Dense(1)])
opt = keras.optimizers.Adam(0.01)
for step in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(disc(gen(tf.random.normal((4, 2)))))
    grads = tape.gradient(loss, gen.trainable_variables)
    opt.apply_gradients(zip(grads, gen.trainable_variables[:2]))  # expect: zip-truncated gen.layers[1].kernel
