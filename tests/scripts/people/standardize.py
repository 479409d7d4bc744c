# SPDX-License-Identifier: Apache-2.0
import io

import pandas as pd
import tensorflow as tf
from sklearn.preprocessing import StandardScaler

table = """area,rooms,price
50,2,150
80,3,240
65,3,200
120,5,390
95,4,300
"""
df = pd.read_csv(io.StringIO(table))
print(df.head(3))
X = StandardScaler().fit_transform(df[["area", "rooms"]].values).astype("float32")
y = df["price"].to_numpy(dtype="float32") / 100
w, b = tf.Variable(tf.zeros(2)), tf.Variable(0.0)
for _ in range(50):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((tf.linalg.matvec(X, w) + b - y) ** 2)
    for variable, gradient in zip([w, b], tape.gradient(loss, [w, b])):
        variable.assign_sub(0.1 * gradient)
print(f"{loss.numpy():.4f} {b.numpy():.3f}")
