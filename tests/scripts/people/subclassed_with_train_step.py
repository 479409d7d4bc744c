# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf

tf.keras.utils.set_random_seed(7)


class Scale(tf.keras.layers.Layer):
    """y = x * gamma + beta, with a penalty on gamma."""

    def __init__(self, strength=0.01, **kwargs):
        super().__init__(**kwargs)
        self.strength = strength

    def build(self, input_shape):
        self.gamma = self.add_weight(shape=(input_shape[-1],), initializer="ones", trainable=True, name="gamma")
        self.beta = self.add_weight(shape=(input_shape[-1],), initializer="zeros", trainable=True, name="beta")

    def call(self, inputs):
        self.add_loss(self.strength * tf.reduce_sum(tf.square(self.gamma)))
        return inputs * self.gamma + self.beta

    def get_config(self):
        return {**super().get_config(), "strength": self.strength}


class Net(tf.keras.Model):
    def __init__(self, units):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(units, activation="relu")
        self.scale = Scale()
        self.drop = tf.keras.layers.Dropout(0.0)
        self.out = tf.keras.layers.Dense(1)
        self.loss_tracker = tf.keras.metrics.Mean(name="loss")
        self.mae = tf.keras.metrics.MeanAbsoluteError(name="mae")

    @property
    def metrics(self):
        return [self.loss_tracker, self.mae]

    def call(self, x, training=False):
        x = self.hidden(x)
        x = self.scale(x)
        x = self.drop(x, training=training)
        return self.out(x)

    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = tf.reduce_mean(tf.square(y - y_pred)) + sum(self.losses)
        grads = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(grads, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        self.mae.update_state(y, y_pred)
        return {m.name: m.result() for m in self.metrics}


x = tf.random.normal([64, 4], seed=3)
y = tf.reduce_sum(x, axis=1, keepdims=True) * 0.5
net = Net(8)
net.compile(optimizer="adam")
hist = net.fit(x, y, epochs=3, batch_size=16, shuffle=False, verbose=0)
print(sorted(hist.history))
print([f"{v:.4f}" for v in hist.history["loss"]])
print([w.shape for w in net.weights])
print([w.path.split("/")[-1] for w in net.trainable_variables])
print(net.scale.get_config()["strength"])
net.summary()
