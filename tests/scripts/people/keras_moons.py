# SPDX-License-Identifier: Apache-2.0
"""Classify two moons with a small Keras model."""
import numpy as np
import tensorflow as tf
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

tf.keras.utils.set_random_seed(42)

X, y = make_moons(n_samples=200, noise=0.1, random_state=0)
X = StandardScaler().fit_transform(X).astype("float32")
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=1)
print(X_train.shape, X_test.shape, y_train.dtype)

model = tf.keras.Sequential([
    tf.keras.Input(shape=(2,)),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(16, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer=tf.keras.optimizers.Adam(0.01), loss="binary_crossentropy", metrics=["accuracy"])
model.summary()

history = model.fit(X_train, y_train, epochs=8, batch_size=32, validation_split=0.2, verbose=0)
for key, values in history.history.items():
    print(key, [round(v, 3) for v in values])

loss, acc = model.evaluate(X_test, y_test, verbose=0)
print(f"test loss {loss:.3f}, test accuracy {acc:.2f}")
p = model.predict(X_test[:5], verbose=0)
print(p.shape, np.round(p.ravel(), 2))
print("classes", (p > 0.5).astype(int).ravel())
