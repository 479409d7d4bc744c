# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf, numpy as np
tf.keras.utils.set_random_seed(8)
def nt_xent(z1, z2, temperature=0.5):
    z = tf.math.l2_normalize(tf.concat([z1, z2], 0), axis=1)
    n = tf.shape(z1)[0]
    sim = tf.matmul(z, z, transpose_b=True) / temperature
    sim = tf.linalg.set_diag(sim, tf.fill([2 * n], -1e9))
    labels = tf.concat([tf.range(n, 2 * n), tf.range(n)], 0)
    return tf.reduce_mean(tf.keras.losses.sparse_categorical_crossentropy(labels, sim, from_logits=True))
class SupCon(tf.keras.losses.Loss):
    def __init__(self, temperature=0.1, name="supcon", **kw):
        super().__init__(name=name, **kw)
        self.temperature = temperature
    def call(self, y_true, y_pred):
        f = tf.nn.l2_normalize(y_pred, axis=1)
        logits = tf.divide(tf.matmul(f, tf.transpose(f)), self.temperature)
        y = tf.reshape(y_true, [-1, 1])
        mask = tf.cast(tf.equal(y, tf.transpose(y)), tf.float32) * (1 - tf.eye(tf.shape(y)[0]))
        logp = logits - tf.reduce_logsumexp(logits + tf.eye(tf.shape(y)[0]) * -1e9, axis=1, keepdims=True)
        return -tf.reduce_sum(mask * logp, 1) / tf.maximum(tf.reduce_sum(mask, 1), 1.0)
enc = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(8)])
opt = tf.keras.optimizers.AdamW(0.01, weight_decay=1e-3)
x = np.random.randn(24, 6).astype("float32")
for step in range(5):
    a = x + 0.1 * np.random.randn(*x.shape).astype("float32"); b = x + 0.1 * np.random.randn(*x.shape).astype("float32")
    with tf.GradientTape() as tape:
        loss = nt_xent(enc(a, training=True), enc(b, training=True))
    g = tape.gradient(loss, enc.trainable_variables)
    opt.apply_gradients(zip(g, enc.trainable_variables))
    print(step, "%.4f" % float(loss))
y = np.random.randint(0, 3, 24)
m = tf.keras.Sequential([tf.keras.layers.Dense(4)])
m.compile("sgd", SupCon())
h = m.fit(x, y, epochs=2, batch_size=12, verbose=0)
print(np.round(h.history["loss"], 4))
def triplet(a, p, n, m=1.0): return tf.reduce_mean(tf.maximum(tf.norm(a - p, axis=1) - tf.norm(a - n, axis=1) + m, 0.0))
v = tf.Variable(x[:6])
with tf.GradientTape() as t: l = triplet(v[0:2], v[2:4], v[4:6])
print(l.numpy().round(4), tf.shape(t.gradient(l, v)).numpy())
print(tf.keras.losses.cosine_similarity(x[:3], x[3:6]).numpy().round(4), tf.keras.losses.CosineSimilarity(axis=1)(x[:3], x[3:6]).numpy().round(4))
