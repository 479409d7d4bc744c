# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pandas as pd
import seaborn as sns
import matplotlib.pyplot as plt
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
np.set_printoptions(precision=3, suppress=True)
tf.keras.utils.set_random_seed(0)
rng = np.random.RandomState(0)
n = 60
raw = pd.DataFrame({"MPG": rng.uniform(10, 40, n), "Cylinders": rng.choice([4, 6, 8], n), "Horsepower": rng.uniform(50, 200, n),
                    "Weight": rng.uniform(1600, 5000, n), "Origin": rng.choice([1, 2, 3], n)})
raw.loc[3, "Horsepower"] = np.nan
dataset = raw.copy()
print(dataset.tail(3))
print(dataset.isna().sum())
dataset = dataset.dropna()
dataset["Origin"] = dataset["Origin"].map({1: "USA", 2: "Europe", 3: "Japan"})
dataset = pd.get_dummies(dataset, columns=["Origin"], prefix="", prefix_sep="", dtype=int)
train_dataset = dataset.sample(frac=0.8, random_state=0)
test_dataset = dataset.drop(train_dataset.index)
sns.pairplot(train_dataset[["MPG", "Cylinders"]], diag_kind="kde")
print(train_dataset.describe().transpose()[["mean", "std"]])
train_features = train_dataset.copy(); test_features = test_dataset.copy()
train_labels = train_features.pop("MPG"); test_labels = test_features.pop("MPG")
normalizer = layers.Normalization(axis=-1)
normalizer.adapt(np.array(train_features).astype("float32"))
print(normalizer.mean.numpy())
first = np.array(train_features[:1]).astype("float32")
with np.printoptions(precision=2, suppress=True):
    print("First example:", first)
    print("Normalized:", normalizer(first).numpy())
model = keras.Sequential([normalizer, layers.Dense(8, activation="relu"), layers.Dense(1)])
model.compile(loss="mean_absolute_error", optimizer=tf.keras.optimizers.Adam(0.01))
history = model.fit(np.array(train_features).astype("float32"), train_labels, validation_split=0.2, verbose=0, epochs=5)
hist = pd.DataFrame(history.history)
hist["epoch"] = history.epoch
print(hist.tail(2).round(2))
plt.plot(history.history["loss"], label="loss"); plt.ylim([0, 10]); plt.grid(True); plt.show()
print(round(model.evaluate(np.array(test_features).astype("float32"), test_labels, verbose=0), 2))
