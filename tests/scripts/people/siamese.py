# SPDX-License-Identifier: Apache-2.0
import itertools

import numpy as np
import tensorflow as tf
import tensorflow.keras.backend as K
from tensorflow.keras.layers import Dense, Input, Lambda
from tensorflow.keras.models import Model, Sequential

tf.keras.utils.set_random_seed(4)
rng = np.random.RandomState(4)


def contrastive_loss(y_true, y_pred, margin=1.0):
    y_true = tf.cast(y_true, y_pred.dtype)
    return K.mean(y_true * K.square(y_pred) + (1 - y_true) * K.square(K.maximum(margin - y_pred, 0)))


def euclidean_distance(vects):
    x, y = vects
    return tf.sqrt(tf.maximum(tf.reduce_sum(tf.square(x - y), axis=1, keepdims=True), 1e-7))


base_network = Sequential([Input(shape=(4,)), Dense(8, activation="relu"), Dense(2)], name="embedding")
a, b = Input(shape=(4,)), Input(shape=(4,))
distance = Lambda(euclidean_distance, output_shape=(1,))([base_network(a), base_network(b)])
model = Model([a, b], distance)
model.compile(loss=contrastive_loss, optimizer=tf.keras.optimizers.RMSprop(learning_rate=0.01))

centres = rng.randn(3, 4)
points = [(k, centres[k] + 0.1 * rng.randn(4)) for k in range(3) for _ in range(4)]
pairs = [(p, q, int(i == j)) for (i, p), (j, q) in itertools.combinations(points, 2)]
left = np.array([p for p, _, _ in pairs], dtype="float32")
right = np.array([q for _, q, _ in pairs], dtype="float32")
same = np.array([s for *_, s in pairs], dtype="float32")
print(left.shape, same.mean().round(4))
history = model.fit([left, right], same, batch_size=11, epochs=4, verbose=0, shuffle=False)
print(*(f"{l:.4f}" for l in history.history["loss"]))
d = model.predict([left, right], verbose=0).ravel()
print("mean distance, same:", round(float(d[same == 1].mean()), 3), "other:", round(float(d[same == 0].mean()), 3))
print([layer.name.split("_")[0] for layer in model.layers])
