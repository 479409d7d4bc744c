# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf
tf.keras.utils.set_random_seed(1)
class Encoder(tf.keras.Model):
    def __init__(self, vocab, emb, units):
        super().__init__()
        self.units = units
        self.embedding = tf.keras.layers.Embedding(vocab, emb, mask_zero=True)
        self.rnn = tf.keras.layers.Bidirectional(tf.keras.layers.LSTM(units, return_sequences=True, return_state=True))
    def call(self, x):
        mask = self.embedding.compute_mask(x)
        out, fh, fc, bh, bc = self.rnn(self.embedding(x), mask=mask)
        return out, tf.concat([fh, bh], -1), tf.concat([fc, bc], -1)
class BahdanauAttention(tf.keras.layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.W1, self.W2, self.V = tf.keras.layers.Dense(units), tf.keras.layers.Dense(units), tf.keras.layers.Dense(1)
    def call(self, query, values):
        query_with_time_axis = tf.expand_dims(query, 1)
        score = self.V(tf.nn.tanh(self.W1(query_with_time_axis) + self.W2(values)))
        attention_weights = tf.nn.softmax(score, axis=1)
        return tf.reduce_sum(attention_weights * values, axis=1), attention_weights
class Decoder(tf.keras.Model):
    def __init__(self, vocab, emb, units):
        super().__init__()
        self.embedding = tf.keras.layers.Embedding(vocab, emb)
        self.cell = tf.keras.layers.LSTMCell(units)
        self.fc = tf.keras.layers.Dense(vocab)
        self.attention = BahdanauAttention(units)
    def call(self, x, state, enc):
        context, w = self.attention(state[0], enc)
        x = tf.concat([context, self.embedding(x)], axis=-1)
        out, state = self.cell(x, state)
        return self.fc(out), state, w
enc, dec = Encoder(12, 6, 4), Decoder(12, 6, 8)
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction="none")
def loss_function(real, pred):
    mask = tf.math.logical_not(tf.math.equal(real, 0))
    loss_ = loss_object(real, pred)
    mask = tf.cast(mask, dtype=loss_.dtype)
    return tf.reduce_sum(loss_ * mask) / tf.reduce_sum(mask)
opt = tf.keras.optimizers.Adam(0.02)
src = np.array([[3, 4, 5, 0], [5, 6, 7, 8], [9, 3, 0, 0]]); trg = np.array([[1, 5, 4, 3, 2], [1, 8, 7, 6, 2], [1, 3, 9, 2, 0]])
for epoch in range(5):
    loss = 0
    with tf.GradientTape() as tape:
        eo, h, c = enc(src)
        state = [h, c]
        for t in range(1, trg.shape[1]):
            pred, state, w = dec(trg[:, t - 1], state, eo)
            loss += loss_function(trg[:, t], pred)
    batch_loss = loss / int(trg.shape[1])
    variables = enc.trainable_variables + dec.trainable_variables
    grads, norm = tf.clip_by_global_norm(tape.gradient(loss, variables), 1.0)
    opt.apply_gradients(zip(grads, variables))
    print("Epoch {} Loss {:.4f} norm {:.4f}".format(epoch + 1, batch_loss.numpy(), norm.numpy()))
print(w.shape, np.round(tf.squeeze(w).numpy().sum(1), 4), len(variables))
print([v.path for v in dec.trainable_variables])
