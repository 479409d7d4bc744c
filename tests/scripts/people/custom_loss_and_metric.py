# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
from tensorflow import keras


class WeightedBCE(keras.losses.Loss):
    def __init__(self, pos_weight=2.0, name="wbce", **kw):
        super().__init__(name=name, **kw)
        self.pos_weight = pos_weight

    def call(self, y_true, y_pred):
        y_true = tf.cast(y_true, y_pred.dtype)
        y_pred = tf.clip_by_value(y_pred, 1e-7, 1 - 1e-7)
        bce = -(self.pos_weight * y_true * tf.math.log(y_pred) + (1 - y_true) * tf.math.log(1 - y_pred))
        return tf.reduce_mean(bce, axis=-1)


class F1(keras.metrics.Metric):
    def __init__(self, name="f1", **kwargs):
        super().__init__(name=name, **kwargs)
        self.tp = self.add_weight(name="tp", initializer="zeros")
        self.fp = self.add_weight(name="fp", initializer="zeros")
        self.fn = self.add_weight(name="fn", initializer="zeros")

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = tf.cast(tf.reshape(y_true, [-1]), tf.bool)
        y_pred = tf.reshape(y_pred, [-1]) > 0.5
        self.tp.assign_add(tf.reduce_sum(tf.cast(y_true & y_pred, tf.float32)))
        self.fp.assign_add(tf.reduce_sum(tf.cast(~y_true & y_pred, tf.float32)))
        self.fn.assign_add(tf.reduce_sum(tf.cast(y_true & ~y_pred, tf.float32)))

    def result(self):
        p = self.tp / (self.tp + self.fp + 1e-7)
        r = self.tp / (self.tp + self.fn + 1e-7)
        return 2 * p * r / (p + r + 1e-7)

    def reset_state(self):
        for v in self.variables:
            v.assign(0.0)


keras.utils.set_random_seed(0)
x = tf.random.normal((100, 4))
y = tf.cast(tf.reduce_sum(x, 1, keepdims=True) > 0.8, tf.float32)
print("positives", int(tf.reduce_sum(y)))
inp = keras.Input((4,))
hid = keras.layers.Dense(5, "swish")(inp)
model = keras.Model(inp, keras.layers.Dense(1, "sigmoid")(hid))
model.compile("nadam", WeightedBCE(3.0), metrics=[F1(), keras.metrics.AUC(name="auc"), "Precision"], run_eagerly=True)
h = model.fit(x, y, epochs=4, batch_size=25, verbose=0, shuffle=False)
for k, v in h.history.items():
    print(k.lower(), ["%.4f" % e for e in v])
m = F1()
m.update_state([1, 1, 0, 0], [0.9, 0.2, 0.7, 0.1])
print(float(m.result()), m)
m.reset_state()
print(float(m.result()))
print(WeightedBCE()(y[:3], tf.constant([[0.2], [0.5], [0.9]])))
