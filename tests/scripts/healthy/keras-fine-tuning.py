# SPDX-License-Identifier: Apache-2.0
# A frozen base whose variables get no gradients on purpose, and then all of it with another optimizer.
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
keras.utils.set_random_seed(0)
base = keras.Sequential([layers.Conv2D(4, 3, activation="relu"), layers.BatchNormalization(), layers.GlobalAveragePooling2D()])
base.trainable = False
inputs = keras.Input((8, 8, 1))
outputs = layers.Dense(2)(base(inputs, training=False))
model = keras.Model(inputs, outputs)
x = tf.random.normal((8, 8, 8, 1))
y = tf.constant([0, 1] * 4)
loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
acc = keras.metrics.SparseCategoricalAccuracy()
def run(optimizer, epochs):
    for epoch in range(epochs):
        for i in range(0, 8, 4):
            with tf.GradientTape() as tape:
                logits = model(x[i:i+4], training=True)
                loss = loss_fn(y[i:i+4], logits)
            grads = tape.gradient(loss, model.trainable_weights)
            optimizer.apply_gradients(zip(grads, model.trainable_weights))
            acc.update_state(y[i:i+4], logits)
        print(epoch, float(loss), float(acc.result()))
        acc.reset_state()
run(keras.optimizers.Adam(1e-2), 2)
base.trainable = True
run(keras.optimizers.Adam(1e-4), 2)
