# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(1)
rng = np.random.default_rng(0)
n = 96
price = rng.normal(size=(n, 3)).astype("float32")
words = rng.integers(0, 20, size=(n, 6))
target = (price.sum(1) + 0.1 * words.mean(1)).astype("float32")
urgent = (price[:, 0] > 0).astype("float32")

num_in = keras.Input(shape=(3,), name="numbers")
txt_in = keras.Input(shape=(6,), dtype="int32", name="words")
a = layers.Dense(8, activation="tanh")(num_in)
b = layers.Embedding(20, 4)(txt_in)
b = layers.GlobalAveragePooling1D()(b)
x = layers.concatenate([a, b])
x = layers.Dense(8, activation="relu", name="joint")(x)
out_value = layers.Dense(1, name="value")(x)
out_urgent = layers.Dense(1, activation="sigmoid", name="urgent")(x)
model = keras.Model(inputs=[num_in, txt_in], outputs=[out_value, out_urgent], name="two_heads")
model.summary()

model.compile(
    optimizer=keras.optimizers.RMSprop(1e-2),
    loss={"value": "mse", "urgent": keras.losses.BinaryCrossentropy()},
    loss_weights={"value": 1.0, "urgent": 0.2},
    metrics={"value": ["mae"], "urgent": ["accuracy"]},
)
h = model.fit({"numbers": price, "words": words}, {"value": target, "urgent": urgent},
              epochs=3, batch_size=16, verbose=0, shuffle=False)
for k in sorted(h.history):
    print(k, ["%.4f" % v for v in h.history[k]])
v, u = model.predict({"numbers": price[:4], "words": words[:4]}, verbose=0)
print(v.shape, u.shape)
print(model.get_layer("joint").kernel.shape, model.count_params())
