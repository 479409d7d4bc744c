# SPDX-License-Identifier: Apache-2.0
import numpy as np
import tensorflow as tf
from sklearn.datasets import make_blobs
from sklearn.model_selection import train_test_split

X, y = make_blobs(n_samples=120, centers=2, cluster_std=1.5, random_state=3)
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=0)
X_train = tf.constant(X_train, dtype=tf.float32)
y_train = tf.constant(y_train[:, None], dtype=tf.float32)

W = tf.Variable(tf.zeros([2, 1]))
b = tf.Variable(tf.zeros([1]))
opt = tf.keras.optimizers.SGD(learning_rate=0.1)
for step in range(100):
    with tf.GradientTape() as tape:
        logits = X_train @ W + b
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y_train, logits=logits))
    grads = tape.gradient(loss, [W, b])
    opt.apply_gradients(zip(grads, [W, b]))
    if step % 25 == 0:
        tf.print("step", step, "loss", tf.round(loss * 1000) / 1000)
pred = (tf.sigmoid(tf.constant(X_test, tf.float32) @ W + b).numpy() > 0.5).astype(int).ravel()
print("accuracy", np.mean(pred == y_test))
