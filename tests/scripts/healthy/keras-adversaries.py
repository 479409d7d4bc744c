# SPDX-License-Identifier: Apache-2.0
# Two models, two tapes, two optimizers; a copy of a model.
import tensorflow as tf, numpy as np
from tensorflow.keras import layers
tf.keras.utils.set_random_seed(3)
g = tf.keras.Sequential([layers.Input((2,)), layers.Dense(8, activation=layers.LeakyReLU(0.2)), layers.Dense(2)], name="generator")
d = tf.keras.Sequential([layers.Input((2,)), layers.Dense(8), layers.LeakyReLU(0.2), layers.Dense(1)], name="discriminator")
ce = tf.keras.losses.BinaryCrossentropy(from_logits=True)
go, do = tf.keras.optimizers.Adam(1e-2), tf.keras.optimizers.Adam(1e-2)
real = tf.random.normal((16, 2)) + 3.0
for step in range(4):
    noise = tf.random.normal((16, 2))
    with tf.GradientTape() as gt, tf.GradientTape() as dt:
        fake = g(noise, training=True)
        ro, fo = d(real, training=True), d(fake, training=True)
        gl = ce(tf.ones_like(fo), fo)
        dl = ce(tf.ones_like(ro), ro) + ce(tf.zeros_like(fo), fo)
    go.apply_gradients(zip(gt.gradient(gl, g.trainable_variables), g.trainable_variables))
    do.apply_gradients(zip(dt.gradient(dl, d.trainable_variables), d.trainable_variables))
    print(step, gl.numpy(), dl.numpy())
base = tf.keras.Sequential([layers.Dense(4, activation="relu"), layers.Dense(4, activation="relu")])
base(tf.zeros((1, 3)))
base.trainable = False
inp = tf.keras.Input((3,))
out = layers.Dense(1)(base(inp))
m = tf.keras.Model(inp, out)
print(len(m.trainable_variables), len(m.non_trainable_variables))
xb = tf.random.normal((8, 3))
opt = tf.keras.optimizers.SGD(0.1)
for i in range(3):
    with tf.GradientTape() as tape:
        l = tf.reduce_mean(tf.square(m(xb) - 1.0))
    gr = tape.gradient(l, m.trainable_weights)
    opt.apply_gradients(zip(gr, m.trainable_weights))
    print(float(l))
m2 = tf.keras.models.clone_model(m)
m2.set_weights(m.get_weights())
print(np.allclose(m2(xb), m(xb)))
m.summary()
a = tf.keras.Input((3,), name="a")
b = tf.keras.Input((3,), name="b")
z = layers.Dense(2)(layers.Concatenate()([a, b]))
z2 = layers.Add()([z, layers.Dense(2)(a)])
mm = tf.keras.Model(inputs=[a, b], outputs=[z, z2])
mm.summary()
print(mm([xb, xb]))
print(mm.input_shape, mm.output_shape)
print(mm({'a': xb, 'b': xb})[0][0])
d1 = layers.Dense(3, kernel_regularizer=tf.keras.regularizers.l2(0.01), activity_regularizer="l1", bias_constraint="non_neg")
d1(xb)
print(d1.losses, tf.add_n(d1.losses))
