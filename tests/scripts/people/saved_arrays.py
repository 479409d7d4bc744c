# SPDX-License-Identifier: Apache-2.0
import os
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(0)
X = rng.normal(size=(20, 3)).astype(np.float32)
y = X @ np.array([1.0, -2.0, 0.5], dtype=np.float32) + 0.3
os.makedirs("data_dir", exist_ok=True)
np.savez("data_dir/train.npz", x=X, y=y)
np.save("data_dir/x.npy", X)
with np.load("data_dir/train.npz") as data:
    print(sorted(data.files), data["x"].shape)
    X2, y2 = data["x"], data["y"]
print(np.allclose(np.load("data_dir/x.npy"), X2), os.path.exists("data_dir/x.npy"))
w = tf.Variable(tf.zeros([3, 1])); b = tf.Variable(0.0)
opt = tf.optimizers.SGD(0.1)
for i in range(100):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.squeeze(tf.matmul(X2, w), 1) + b - y2))
    opt.apply_gradients(zip(tape.gradient(loss, [w, b]), [w, b]))
print(np.round(w.numpy().ravel(), 2), round(float(b.numpy()), 2))
np.savetxt("data_dir/w.csv", w.numpy(), delimiter=",", fmt="%.3f")
print(np.loadtxt("data_dir/w.csv", delimiter=",").shape)
