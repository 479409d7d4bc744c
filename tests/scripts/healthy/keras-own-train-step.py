# SPDX-License-Identifier: Apache-2.0
# A train step with two tapes, run by fit().
import tensorflow as tf
tf.keras.utils.set_random_seed(0)
class WGAN(tf.keras.Model):
    def __init__(self, d, g):
        super().__init__()
        self.d, self.g = d, g
    def compile(self, d_opt, g_opt):
        super().compile()
        self.d_opt, self.g_opt = d_opt, g_opt
    def train_step(self, real):
        if isinstance(real, tuple): real = real[0]
        n = tf.shape(real)[0]
        for _ in range(2):
            with tf.GradientTape() as tape:
                fake = self.g(tf.random.normal((n, 2)), training=True)
                loss = tf.reduce_mean(self.d(fake)) - tf.reduce_mean(self.d(real))
            gr = tape.gradient(loss, self.d.trainable_variables)
            self.d_opt.apply_gradients(zip(gr, self.d.trainable_variables))
        with tf.GradientTape() as tape:
            gl = -tf.reduce_mean(self.d(self.g(tf.random.normal((n, 2)), training=True)))
        gr = tape.gradient(gl, self.g.trainable_variables)
        self.g_opt.apply_gradients(zip(gr, self.g.trainable_variables))
        return {"d_loss": loss, "g_loss": gl}
d = tf.keras.Sequential([tf.keras.layers.Input((3,)), tf.keras.layers.Dense(4, activation="relu"), tf.keras.layers.Dense(1)])
g = tf.keras.Sequential([tf.keras.layers.Input((2,)), tf.keras.layers.Dense(3)])
w = WGAN(d, g)
w.compile(tf.keras.optimizers.RMSprop(1e-3), tf.keras.optimizers.RMSprop(1e-3))
h = w.fit(tf.data.Dataset.from_tensor_slices(tf.random.normal((12, 3))).batch(4), epochs=2, verbose=0)
print({k: [round(v, 4) for v in vs] for k, vs in h.history.items()})
