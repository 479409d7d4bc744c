# SPDX-License-Identifier: Apache-2.0
# Two recurrent layers and two tables, one of them read twice.
import tensorflow as tf
tf.keras.utils.set_random_seed(0)
class Encoder(tf.keras.layers.Layer):
    def __init__(self, n):
        super().__init__()
        self.gru = tf.keras.layers.GRU(n, return_state=True)
        self.emb = tf.keras.layers.Embedding(10, 4)
    def call(self, x): return self.gru(self.emb(x))
class Seq2Seq(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.enc = Encoder(5)
        self.dec = tf.keras.layers.GRU(5, return_sequences=True)
        self.emb = tf.keras.layers.Embedding(10, 4)
        self.out = tf.keras.layers.Dense(10)
    def call(self, inputs):
        src, tgt = inputs
        _, state = self.enc(src)
        return self.out(self.dec(self.emb(tgt), initial_state=state))
model = Seq2Seq()
opt = tf.keras.optimizers.Adam(0.01)
src = tf.constant([[1,2,3],[4,5,6]])
tgt = tf.constant([[1,2],[3,4]])
lab = tf.constant([[2,5],[4,6]])
ce = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for step in range(3):
    with tf.GradientTape() as tape:
        loss = ce(lab, model((src, tgt)))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    print(step, float(loss))
