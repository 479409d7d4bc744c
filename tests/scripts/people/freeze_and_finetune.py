# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(11)
base = keras.Sequential([
    keras.layers.Input((12, 12, 3)),
    keras.layers.Conv2D(4, 3, activation="relu", name="conv1"),
    keras.layers.BatchNormalization(name="bn"),
    keras.layers.MaxPooling2D(),
    keras.layers.Conv2D(8, 3, activation="relu", name="conv2"),
], name="base")
base.trainable = False
print("trainable in base:", len(base.trainable_weights), "of", len(base.weights))

inputs = keras.Input(shape=(12, 12, 3))
x = base(inputs, training=False)
x = keras.layers.GlobalAveragePooling2D()(x)
outputs = keras.layers.Dense(3)(x)
model = keras.Model(inputs, outputs, name="classifier")
model.summary()

images = tf.random.uniform((32, 12, 12, 3), seed=1)
labels = tf.random.uniform((32,), maxval=3, dtype=tf.int32, seed=2)
model.compile(optimizer="sgd", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
before = base.get_layer("conv1").get_weights()[0].copy()
model.fit(images, labels, epochs=2, batch_size=8, verbose=0, shuffle=False)
after = base.get_layer("conv1").get_weights()[0]
print("conv1 unchanged:", (before == after).all())

base.trainable = True
for layer in base.layers[:-1]:
    layer.trainable = False
model.compile(optimizer=keras.optimizers.SGD(1e-3), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
print([w.path for w in model.trainable_weights])
h = model.fit(images, labels, epochs=1, batch_size=8, verbose=0, shuffle=False)
print("%.4f" % h.history["loss"][0])
print("conv1 unchanged:", (before == base.get_layer("conv1").get_weights()[0]).all())
print(sum(tf.size(w).numpy() for w in model.trainable_weights))
