# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers
from tqdm import tqdm
import time, os

os.makedirs("gan_out", exist_ok=True)
tf.keras.utils.set_random_seed(3)
BUFFER_SIZE, BATCH_SIZE, noise_dim = 64, 16, 8

def make_generator_model():
    model = tf.keras.Sequential()
    model.add(layers.Dense(4 * 4 * 8, use_bias=False, input_shape=(noise_dim,)))
    model.add(layers.BatchNormalization())
    model.add(layers.LeakyReLU())
    model.add(layers.Reshape((4, 4, 8)))
    assert model.output_shape == (None, 4, 4, 8)
    model.add(layers.Conv2DTranspose(1, (5, 5), strides=(2, 2), padding="same", use_bias=False, activation="tanh"))
    assert model.output_shape == (None, 8, 8, 1)
    return model

def make_discriminator_model():
    model = tf.keras.Sequential()
    model.add(layers.Conv2D(8, (5, 5), strides=(2, 2), padding="same", input_shape=[8, 8, 1]))
    model.add(layers.LeakyReLU())
    model.add(layers.Dropout(0.3))
    model.add(layers.Flatten())
    model.add(layers.Dense(1))
    return model

generator, discriminator = make_generator_model(), make_discriminator_model()
cross_entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)

def discriminator_loss(real_output, fake_output):
    return cross_entropy(tf.ones_like(real_output), real_output) + cross_entropy(tf.zeros_like(fake_output), fake_output)

def generator_loss(fake_output):
    return cross_entropy(tf.ones_like(fake_output), fake_output)

generator_optimizer = tf.keras.optimizers.Adam(1e-4)
discriminator_optimizer = tf.keras.optimizers.Adam(1e-4)
checkpoint_prefix = os.path.join("gan_out", "ckpt")
checkpoint = tf.train.Checkpoint(generator_optimizer=generator_optimizer, discriminator_optimizer=discriminator_optimizer,
                                 generator=generator, discriminator=discriminator)

@tf.function
def train_step(images):
    noise = tf.random.normal([BATCH_SIZE, noise_dim])
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

images = np.random.rand(BUFFER_SIZE, 8, 8, 1).astype("float32") * 2 - 1
dataset = tf.data.Dataset.from_tensor_slices(images).shuffle(BUFFER_SIZE, seed=1).batch(BATCH_SIZE)
for epoch in range(2):
    start = time.time()
    for image_batch in tqdm(dataset):
        g, d = train_step(image_batch)
    checkpoint.save(file_prefix=checkpoint_prefix)
    print("epoch %d g %.1f d %.1f" % (epoch + 1, g, d))
    assert time.time() - start < 600
print(len(generator.trainable_weights), len(discriminator.trainable_weights))
status = checkpoint.restore(tf.train.latest_checkpoint("gan_out"))
print(type(status).__name__)
