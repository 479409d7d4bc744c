# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
tf.keras.utils.set_random_seed(1)

class F1Score(tf.keras.metrics.Metric):
    def __init__(self, name="f1", **kwargs):
        super().__init__(name=name, **kwargs)
        self.p = tf.keras.metrics.Precision()
        self.r = tf.keras.metrics.Recall()
        self.n = self.add_weight(name="n", initializer="zeros")
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.p.update_state(y_true, y_pred); self.r.update_state(y_true, y_pred)
        self.n.assign_add(1.0)
    def result(self):
        p, r = self.p.result(), self.r.result()
        return 2 * p * r / (p + r + 1e-7)
    def reset_state(self):
        self.p.reset_state(); self.r.reset_state(); self.n.assign(0.0)

class Residual(tf.keras.layers.Layer):
    def __init__(self, units, **kw):
        super().__init__(**kw)
        self.units = units
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="glorot_uniform", trainable=True, name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", name="b")
    def call(self, x):
        return x + tf.nn.relu(tf.matmul(x, self.w) + self.b)
    def get_config(self):
        return {**super().get_config(), "units": self.units}

inputs = tf.keras.Input((4,))
x = Residual(4)(inputs)
x = Residual(4, name="second")(x)
outputs = tf.keras.layers.Dense(1, activation="sigmoid")(x)
model = tf.keras.Model(inputs, outputs)
model.summary()
X = tf.random.normal((64, 4), seed=3)
y = tf.cast(tf.reduce_sum(X, axis=1, keepdims=True) > 0, tf.float32)
model.compile("adam", "binary_crossentropy", metrics=[F1Score(), "accuracy"])
h = model.fit(X, y, epochs=2, batch_size=16, verbose=0)
print({k: [round(x, 3) for x in v] for k, v in h.history.items()})
print(model.get_layer("second").get_config()["units"], [w.path for w in model.weights][:2])
