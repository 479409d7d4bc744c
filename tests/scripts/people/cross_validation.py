# SPDX-License-Identifier: Apache-2.0
import numpy as np, tensorflow as tf
from sklearn.model_selection import KFold, StratifiedKFold, train_test_split
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, LabelEncoder
from sklearn.metrics import confusion_matrix, classification_report, accuracy_score, f1_score, mean_squared_error, r2_score, precision_score, recall_score
from sklearn.datasets import load_iris
data = load_iris()
X, y = data.data, data.target
print(X.shape, data.target_names, data.feature_names)
X = MinMaxScaler().fit_transform(X)
enc = OneHotEncoder(sparse_output=False)
Y = enc.fit_transform(y.reshape(-1, 1))
print(enc.categories_, Y[:2])
scores = []
kf = KFold(n_splits=3, shuffle=True, random_state=42)
for fold, (tr, te) in enumerate(kf.split(X)):
    tf.keras.utils.set_random_seed(fold)
    m = tf.keras.Sequential([tf.keras.layers.Dense(8, activation="relu", input_shape=(4,)), tf.keras.layers.Dense(3, activation="softmax")])
    m.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
    m.fit(X[tr], Y[tr], epochs=3, batch_size=10, verbose=0)
    loss, acc = m.evaluate(X[te], Y[te], verbose=0)
    scores.append(acc)
    print(f"fold {fold}: {len(tr)} train, {len(te)} test, accuracy {acc:.3f}")
print("%.3f +- %.3f" % (np.mean(scores), np.std(scores)))
pred = m.predict(X[te], verbose=0).argmax(1)
print(confusion_matrix(y[te], pred).sum())
yt, yp = [0, 1, 2, 2, 2, 1, 0], [0, 0, 2, 2, 1, 1, 0]
print(confusion_matrix(yt, yp))
print(classification_report(yt, yp, target_names=data.target_names))
print(accuracy_score(yt, yp), f1_score(yt, yp, average="macro"), precision_score(yt, yp, average="weighted"), recall_score(yt, yp, average=None))
print(mean_squared_error([1.0, 2], [1.5, 2]), r2_score([1.0, 2, 3], [1.1, 1.9, 3.2]))
skf = StratifiedKFold(n_splits=5)
print([np.bincount(y[te]).tolist() for _, te in skf.split(X, y)])
le = LabelEncoder()
print(le.fit_transform(["paris", "tokyo", "paris", "amsterdam"]), le.classes_, le.inverse_transform([0, 2]))
a, b, c, d = train_test_split(X, y, test_size=0.2, random_state=0, stratify=y)
print(a.shape, b.shape, np.bincount(d))
