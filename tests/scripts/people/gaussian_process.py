# SPDX-License-Identifier: Apache-2.0
import numpy as np, tensorflow as tf
rng = np.random.default_rng(1)
X = np.sort(rng.uniform(-3, 3, 15))[:, None]; y = np.sin(X[:, 0]) + 0.1 * rng.standard_normal(15)
X, y = tf.constant(X), tf.constant(y)
log_l, log_s, log_n = [tf.Variable(v, dtype=tf.float64, name=n) for v, n in ((0.0, "log_length"), (0.0, "log_signal"), (-1.0, "log_noise"))]
def kernel(a, b):
    d = tf.reduce_sum((a[:, None, :] - b[None, :, :]) ** 2, -1)
    return tf.exp(2 * log_s) * tf.exp(-0.5 * d / tf.exp(2 * log_l))
def nll():
    K = kernel(X, X) + tf.exp(2 * log_n) * tf.eye(X.shape[0], dtype=tf.float64) + 1e-8 * tf.eye(15, dtype=tf.float64)
    L = tf.linalg.cholesky(K)
    alpha = tf.linalg.cholesky_solve(L, y[:, None])
    return tf.squeeze(0.5 * tf.matmul(y[None, :], alpha)) + tf.reduce_sum(tf.math.log(tf.linalg.diag_part(L))) + 0.5 * 15 * np.log(2 * np.pi)
opt = tf.keras.optimizers.Adam(0.1)
for i in range(15):
    with tf.GradientTape() as t: loss = nll()
    vs = [log_l, log_s, log_n]
    opt.apply_gradients(zip(t.gradient(loss, vs), vs))
    if i % 5 == 0: print(i, "%.6f" % loss.numpy())
print([f"{v.name} {tf.exp(v).numpy():.4f}" for v in vs])
Xs = tf.cast(tf.linspace(-3, 3, 5), tf.float64)[:, None]
K = kernel(X, X) + tf.exp(2 * log_n) * tf.eye(15, dtype=tf.float64)
Ks = kernel(X, Xs)
mean = tf.matmul(Ks, tf.linalg.solve(K, y[:, None]), transpose_a=True)[:, 0]
var = tf.linalg.diag_part(kernel(Xs, Xs) - tf.matmul(Ks, tf.linalg.solve(K, Ks), transpose_a=True))
np.set_printoptions(precision=4, suppress=True)
print(mean.numpy(), tf.sqrt(var).numpy())
with tf.GradientTape() as t2:
    with tf.GradientTape() as t1: l = nll()
    g = t1.gradient(l, log_l)
print("%.4f" % t2.gradient(g, log_l).numpy(), "%.4f" % tf.linalg.slogdet(K)[1].numpy(), tf.linalg.trace(K).numpy().round(4))
e, v = tf.linalg.eigh(K)
print(np.all(e.numpy() > 0), e.shape, "%.4f" % e[-1].numpy())
