# SPDX-License-Identifier: Apache-2.0
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf

xs = np.linspace(-2, 2, 9).astype(np.float32)
v = tf.Variable(xs)
with tf.GradientTape() as tape:
    y = tf.nn.relu(v) - 0.1 * tf.nn.softplus(v)
dy = tape.gradient(y, v)
fig, axs = plt.subplots(1, 2, figsize=(6, 3))
axs[0].plot(xs, y.numpy(), label="y")
axs[1].plot(xs, dy, "r--")
for ax in axs:
    ax.grid(True)
    ax.set_xlabel("x")
plt.tight_layout()
plt.close(fig)
print(np.round(dy.numpy(), 3))
