# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
from tensorflow.keras import layers, initializers, regularizers, constraints
tf.keras.utils.set_random_seed(2)
@tf.keras.utils.register_keras_serializable(package="Custom")
class Linear(layers.Layer):
    def __init__(self, units=32, w_reg=None, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.w_reg = regularizers.get(w_reg)
    def build(self, input_shape):
        self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="random_normal", regularizer=self.w_reg, trainable=True, name="w")
        self.b = self.add_weight(shape=(self.units,), initializer="zeros", trainable=True, name="b")
        self.count = self.add_weight(shape=(), initializer="zeros", trainable=False, name="count")
    def call(self, inputs):
        self.count.assign_add(1.0)
        return tf.matmul(inputs, self.w) + self.b
    def get_config(self):
        config = super().get_config()
        config.update({"units": self.units, "w_reg": regularizers.serialize(self.w_reg)})
        return config
class MLPBlock(layers.Layer):
    def __init__(self):
        super().__init__()
        self.linear_1, self.linear_2, self.linear_3 = Linear(8, w_reg="l2"), Linear(8), Linear(1)
    def call(self, inputs):
        x = tf.nn.relu(self.linear_1(inputs))
        x = tf.nn.relu(self.linear_2(x))
        return self.linear_3(x)
mlp = MLPBlock()
y = mlp(tf.ones(shape=(3, 4)))
print("weights:", len(mlp.weights), "trainable:", len(mlp.trainable_weights), "non:", len(mlp.non_trainable_weights))
for w in mlp.weights: print(w.path, w.shape, w.dtype, w.trainable)
print(mlp.losses)
layer = Linear(64, w_reg=regularizers.L1L2(0.1, 0.2), name="lin")
config = layer.get_config()
print({k: config[k] for k in ("name", "trainable", "units", "w_reg")})
new = Linear.from_config(config)
print(new, new.units, new.w_reg.l1, new.built)
class Antirectifier(layers.Layer):
    def __init__(self, initializer="he_normal", **kw):
        super().__init__(**kw)
        self.initializer = initializers.get(initializer)
    def build(self, s):
        self.kernel = self.add_weight(shape=(s[-1] * 2, s[-1]), initializer=self.initializer, name="kernel", trainable=True, constraint=constraints.NonNeg())
    def call(self, inputs):
        inputs -= tf.reduce_mean(inputs, axis=-1, keepdims=True)
        pos, neg = tf.nn.relu(inputs), tf.nn.relu(-inputs)
        return tf.matmul(tf.concat([pos, neg], axis=-1), self.kernel)
    def compute_output_shape(self, s): return s
m = tf.keras.Sequential([tf.keras.Input((6,)), Antirectifier(), layers.Dense(2)])
m.summary()
m.compile("sgd", "mse")
m.fit(tf.ones((4, 6)), tf.zeros((4, 2)), verbose=0)
print(bool(tf.reduce_all(m.layers[0].kernel >= 0)))
try:
    Linear(4)(tf.ones((2, 2)), unknown=3)
except TypeError as e: print("TypeError", str(e)[:80])
try:
    layers.Dense(4)("text")
except Exception as e: print(type(e).__name__)
try:
    layers.Dense(3, input_shape=(2,))(tf.ones((2, 2, 0)))
except Exception as e: print(type(e).__name__, str(e)[:100])
