# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf
from tqdm import trange

rng = np.random.default_rng(7)
x = np.linspace(-1, 1, 40)
y = 1 - 2 * x + 0.5 * x ** 3 + rng.normal(0, 0.02, x.shape)
features = np.stack([x ** k for k in range(4)], axis=1)
coefficients = tf.Variable(np.zeros(4))
for _ in (bar := trange(200)):
    with tf.GradientTape() as tape:
        residual = tf.linalg.matvec(features, coefficients) - y
        loss = tf.reduce_mean(residual ** 2)
    coefficients.assign_sub(0.5 * tape.gradient(loss, coefficients))
    bar.set_postfix(loss=float(loss))
print(np.round(coefficients.numpy(), 3), coefficients.dtype.name)
