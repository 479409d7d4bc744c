# SPDX-License-Identifier: Apache-2.0
import math

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf


class LRFinder(tf.keras.callbacks.Callback):
    def __init__(self, start=1e-4, end=1.0, steps=20):
        super().__init__()
        self.factor = (end / start) ** (1 / steps)
        self.start = start
        self.lrs, self.losses = [], []

    def on_train_begin(self, logs=None):
        self.model.optimizer.learning_rate = self.start

    def on_train_batch_end(self, batch, logs=None):
        lr = float(self.model.optimizer.learning_rate.numpy())
        self.lrs.append(lr)
        self.losses.append(logs["loss"])
        if math.isnan(logs["loss"]) or logs["loss"] > 4 * min(self.losses):
            self.model.stop_training = True
        self.model.optimizer.learning_rate.assign(lr * self.factor)


tf.keras.utils.set_random_seed(0)
x = np.linspace(-1, 1, 160, dtype="float32")[:, None]
y = x ** 2
model = tf.keras.Sequential([tf.keras.layers.Dense(8, "relu"), tf.keras.layers.Dense(1)])
model.compile("sgd", "mse")
finder = LRFinder()
model.fit(x, y, batch_size=8, epochs=1, callbacks=[finder], verbose=0)
for lr, loss in list(zip(finder.lrs, finder.losses))[::5]:
    print(f"lr {lr:.5f} loss {loss:.5f}")
best = finder.lrs[int(np.argmin(finder.losses))]
print("best", round(best, 4))
plt.semilogx(finder.lrs, finder.losses)
plt.xlabel("learning rate")
plt.ylabel("loss")
plt.grid(True)
plt.savefig("lr.png")
