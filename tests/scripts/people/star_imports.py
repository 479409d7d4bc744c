# SPDX-License-Identifier: Apache-2.0
import calendar
import datetime as dt
import json
import math
import os

import tensorflow as tf
from tensorflow.keras.layers import *
from tensorflow.keras.losses import *
from tensorflow.keras.models import *
from tensorflow.keras.optimizers import Adam

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"
print(calendar.month_name[2], dt.date(2024, 2, 29).isoformat(), round(math.pi, 3))
tf.keras.backend.clear_session()
tf.keras.utils.set_random_seed(3)

inp = Input((16, 16, 1))
x = Conv2D(4, 3, padding="same", use_bias=False)(inp)
x = BatchNormalization()(x)
x = Activation("relu")(x)
s = x
x = Conv2D(4, 3, padding="same")(x)
x = Add()([x, s])
x = MaxPool2D()(x)
x = GlobalAveragePooling2D()(x)
x = Dropout(.1)(x)
out = Dense(2, activation="softmax")(x)
m = Model(inp, out)
m.compile(Adam(1e-3), SparseCategoricalCrossentropy(), metrics=["accuracy"])
m.summary()
print(json.dumps([type(layer).__name__ for layer in m.layers]))

images = tf.random.normal((20, 16, 16, 1))
labels = tf.constant([0, 1] * 10)
h = m.fit(tf.data.Dataset.from_tensor_slices((images, labels)).batch(5), epochs=2, verbose=0)
print({k: [round(float(a), 4) for a in v] for k, v in h.history.items()})
print([(layer.name, layer.output.shape) for layer in m.layers][-2:])
m.save("m.keras")
again = load_model("m.keras")
print(again.name, [layer.name for layer in again.layers][:3], bool(tf.reduce_all(again(images) == m(images))))
print(m.optimizer.get_config()["learning_rate"], len(m.get_weights()))
