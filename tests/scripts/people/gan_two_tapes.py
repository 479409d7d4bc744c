#!/usr/bin/env python
# SPDX-License-Identifier: Apache-2.0
import time

import tensorflow as tf
from tensorflow.keras import layers

BATCH_SIZE = 16
NOISE_DIM = 4
tf.keras.utils.set_random_seed(0)


def make_generator_model():
    model = tf.keras.Sequential()
    model.add(layers.Dense(16, use_bias=False, input_shape=(NOISE_DIM,)))
    model.add(layers.BatchNormalization())
    model.add(layers.LeakyReLU())
    model.add(layers.Dense(2))
    return model


def make_discriminator_model():
    model = tf.keras.Sequential()
    model.add(layers.Input(shape=(2,)))
    model.add(layers.Dense(16))
    model.add(layers.LeakyReLU())
    model.add(layers.Dense(1))
    return model


generator = make_generator_model()
discriminator = make_discriminator_model()
cross_entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)


def discriminator_loss(real_output, fake_output):
    real_loss = cross_entropy(tf.ones_like(real_output), real_output)
    fake_loss = cross_entropy(tf.zeros_like(fake_output), fake_output)
    return real_loss + fake_loss


def generator_loss(fake_output):
    return cross_entropy(tf.ones_like(fake_output), fake_output)


generator_optimizer = tf.keras.optimizers.Adam(1e-3)
discriminator_optimizer = tf.keras.optimizers.Adam(1e-3)


@tf.function
def train_step(images):
    noise = tf.random.normal([BATCH_SIZE, NOISE_DIM])
    with tf.GradientTape() as gen_tape, tf.GradientTape() as disc_tape:
        generated_images = generator(noise, training=True)
        real_output = discriminator(images, training=True)
        fake_output = discriminator(generated_images, training=True)
        gen_loss = generator_loss(fake_output)
        disc_loss = discriminator_loss(real_output, fake_output)
    gradients_of_generator = gen_tape.gradient(gen_loss, generator.trainable_variables)
    gradients_of_discriminator = disc_tape.gradient(disc_loss, discriminator.trainable_variables)
    generator_optimizer.apply_gradients(zip(gradients_of_generator, generator.trainable_variables))
    discriminator_optimizer.apply_gradients(zip(gradients_of_discriminator, discriminator.trainable_variables))
    return gen_loss, disc_loss


real = tf.random.normal([64, 2], mean=3.0)
dataset = tf.data.Dataset.from_tensor_slices(real).batch(BATCH_SIZE, drop_remainder=True)
for epoch in range(3):
    start = time.time()
    for image_batch in dataset:
        g, d = train_step(image_batch)
    print("epoch {} gen {:.4f} disc {:.4f}".format(epoch + 1, g, d))
    assert time.time() - start < 60
print(generator(tf.zeros([1, NOISE_DIM])).shape)
print(len(generator.non_trainable_variables), len(generator.trainable_variables))
