# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf
from tensorflow.keras.callbacks import EarlyStopping, LambdaCallback, LearningRateScheduler, ReduceLROnPlateau, TerminateOnNaN

tf.keras.utils.set_random_seed(5)
x = np.random.normal(size=(120, 3)).astype(np.float32)
y = (x @ [1.0, -2.0, 0.5])[:, None].astype(np.float32)

model = tf.keras.models.Sequential()
model.add(tf.keras.layers.Dense(6, activation="relu", kernel_regularizer=tf.keras.regularizers.l2(1e-3)))
model.add(tf.keras.layers.Dropout(0.2))
model.add(tf.keras.layers.Dense(1))
model.compile(loss="mean_squared_error", optimizer=tf.keras.optimizers.Adam(learning_rate=0.02), metrics=["mae", tf.keras.metrics.RootMeanSquaredError()])


def schedule(epoch, lr):
    return lr if epoch < 3 else lr * tf.math.exp(-0.1).numpy()


seen = []
h = model.fit(
    x, y, epochs=6, batch_size=30, validation_split=0.25, verbose=0,
    callbacks=[
        LearningRateScheduler(schedule),
        EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True, min_delta=0.5),
        ReduceLROnPlateau(factor=0.5, patience=1),
        TerminateOnNaN(),
        LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append((epoch, sorted(logs)))),
    ])
print(len(h.epoch), seen[-1])
for name in ("loss", "val_loss", "mae"):
    print(name, np.round(h.history[name], 4))
print([round(float(l), 5) for l in h.history["learning_rate"]])
results = model.evaluate(x, y, verbose=0, return_dict=True)
print({k: round(float(v), 4) for k, v in results.items()})
