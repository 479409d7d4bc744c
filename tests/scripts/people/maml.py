# SPDX-License-Identifier: Apache-2.0
import tensorflow as tf
import numpy as np
rng = np.random.RandomState(0)
tf.random.set_seed(0)
def init():
    return [tf.Variable(tf.constant(rng.randn(1, 8) * 0.5, tf.float32), name="w1"), tf.Variable(tf.zeros(8), name="b1"),
            tf.Variable(tf.constant(rng.randn(8, 1) * 0.5, tf.float32), name="w2"), tf.Variable(tf.zeros(1), name="b2")]
def forward(x, params):
    w1, b1, w2, b2 = params
    return tf.nn.tanh(x @ w1 + b1) @ w2 + b2
def mse(a, b): return tf.reduce_mean((a - b) ** 2)
meta = init()
opt = tf.keras.optimizers.Adam(1e-2)
for it in range(6):
    with tf.GradientTape() as outer:
        meta_loss = 0.0
        for task in range(2):
            amp, ph = rng.uniform(0.5, 2), rng.uniform(0, 3)
            xs = tf.constant(rng.uniform(-3, 3, (5, 1)), tf.float32); xq = tf.constant(rng.uniform(-3, 3, (5, 1)), tf.float32)
            ys, yq = amp * tf.sin(xs + ph), amp * tf.sin(xq + ph)
            fast = meta
            for _ in range(2):
                with tf.GradientTape() as inner:
                    for p in fast:
                        if not isinstance(p, tf.Variable): inner.watch(p)
                    l = mse(forward(xs, fast), ys)
                grads = inner.gradient(l, fast)
                fast = [p - 0.05 * g for p, g in zip(fast, grads)]
            meta_loss += mse(forward(xq, fast), yq)
        meta_loss = meta_loss / 2
    grads = outer.gradient(meta_loss, meta)
    opt.apply_gradients(zip(grads, meta))
    print(it, "%.5f" % meta_loss.numpy(), "%.5f" % tf.linalg.global_norm(grads).numpy())
