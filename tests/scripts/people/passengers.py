# SPDX-License-Identifier: Apache-2.0
import io
import pandas as pd
import numpy as np
import tensorflow as tf

csv = io.StringIO("""PassengerId,Survived,Pclass,Name,Sex,Age,Fare
1,0,3,"Braund, Mr. Owen",male,22,7.25
2,1,1,"Cumings, Mrs. John",female,38,71.28
3,1,3,"Heikkinen, Miss. Laina",female,26,7.92
4,1,1,"Futrelle, Mrs. Jacques",female,35,53.1
5,0,3,"Allen, Mr. William",male,,8.05
6,0,3,"Moran, Mr. James",male,,8.46
7,0,1,"McCarthy, Mr. Timothy",male,54,51.86
8,0,3,"Palsson, Master. Gosta",male,2,21.07
""")
df = pd.read_csv(csv)
print(df.head())
print(df.shape, df.isnull().sum().to_dict())
df["Age"] = df["Age"].fillna(df["Age"].median())
df["Sex"] = df["Sex"].map({"male": 0, "female": 1})
df["FamilyName"] = df["Name"].str.split(",").str[0]
print(df["FamilyName"].tolist())
print(df.groupby("Sex")["Survived"].mean())
print(df.describe())
df = pd.get_dummies(df, columns=["Pclass"], dtype=float)
df = df.drop(["PassengerId", "Name", "FamilyName"], axis=1)
print(df.columns.tolist())
print(df.dtypes)
y = df.pop("Survived").values.astype("float32")
X = df.to_numpy().astype("float32")
mean, std = X.mean(axis=0), X.std(axis=0)
X = (X - mean) / (std + 1e-7)
tf.keras.utils.set_random_seed(1)
w = tf.Variable(tf.random.normal([X.shape[1], 1], stddev=0.1))
b = tf.Variable(tf.zeros([1]))
opt = tf.keras.optimizers.SGD(0.5)
for epoch in range(50):
    with tf.GradientTape() as tape:
        logits = tf.squeeze(X @ w + b, axis=1)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=logits))
    grads = tape.gradient(loss, [w, b])
    opt.apply_gradients(zip(grads, [w, b]))
    if epoch % 10 == 0:
        print(f"epoch {epoch:3d} loss {loss.numpy():.4f}")
acc = np.mean((tf.sigmoid(logits).numpy() > 0.5) == y)
print("accuracy", round(float(acc), 3))
