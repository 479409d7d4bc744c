# SPDX-License-Identifier: Apache-2.0
# Two networks against each other, two tapes and two optimizers in one step: nobody is left out.
import tensorflow as tf

G = tf.Variable([[0.5], [-0.5]], name="generator")
D = tf.Variable([[0.3]], name="discriminator")
real = tf.constant([[1.0], [1.2]])
noise = tf.constant([[0.1, 0.4], [0.7, -0.2]])
optimizer_g = tf.keras.optimizers.SGD(0.05)
optimizer_d = tf.keras.optimizers.SGD(0.05)

for step in range(3):
    with tf.GradientTape() as tape_g, tf.GradientTape() as tape_d:
        fake = tf.matmul(noise, G)
        score_real = tf.sigmoid(tf.matmul(real, D))
        score_fake = tf.sigmoid(tf.matmul(fake, D))
        loss_g = -tf.reduce_mean(tf.math.log(score_fake))
        loss_d = -tf.reduce_mean(tf.math.log(score_real) + tf.math.log(1.0 - score_fake))
    grads_g = tape_g.gradient(loss_g, [G])
    grads_d = tape_d.gradient(loss_d, [D])
    optimizer_g.apply_gradients(zip(grads_g, [G]))
    optimizer_d.apply_gradients(zip(grads_d, [D]))

print("G", G.numpy(), "D", D.numpy())
