# SPDX-License-Identifier: Apache-2.0
# Style-transfer-like: optimise the image, not the weights
import tensorflow as tf

tf.random.set_seed(9)
extractor = tf.keras.Sequential([
    tf.keras.layers.Conv2D(4, 3, padding="same", activation="relu", kernel_initializer=tf.keras.initializers.GlorotUniform(1)),
    tf.keras.layers.Conv2D(4, 3, padding="same", activation="relu", kernel_initializer=tf.keras.initializers.GlorotUniform(2)),
])
extractor.trainable = False


def gram_matrix(t):
    result = tf.linalg.einsum("bijc,bijd->bcd", t, t)
    shape = tf.shape(t)
    return result / tf.cast(shape[1] * shape[2], tf.float32)


content = tf.random.uniform([1, 8, 8, 3], seed=1)
style = tf.random.uniform([1, 8, 8, 3], seed=2)
content_target = extractor(content)
style_target = gram_matrix(extractor(style))

image = tf.Variable(content)
opt = tf.optimizers.Adam(learning_rate=0.02, beta_1=0.99, epsilon=1e-1)


def clip_0_1(img):
    return tf.clip_by_value(img, clip_value_min=0.0, clip_value_max=1.0)


@tf.function()
def train_step(image):
    with tf.GradientTape() as tape:
        features = extractor(image)
        loss = 1e-1 * tf.reduce_mean((gram_matrix(features) - style_target) ** 2)
        loss += 1e1 * tf.reduce_mean((features - content_target) ** 2)
        loss += 30 * tf.image.total_variation(image)[0] * 1e-4
    grad = tape.gradient(loss, image)
    opt.apply_gradients([(grad, image)])
    image.assign(clip_0_1(image))
    return loss


for n in range(5):
    print(f"step {n}: {train_step(image).numpy():.5f}")
print(image.shape, float(tf.reduce_min(image)) >= 0, float(tf.reduce_max(image)) <= 1)
